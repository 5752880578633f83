namespace Parley.Cli.Chat;

/// <summary>The server's lines could not be shown; told apart from a connection that fails, which is an IOException too.</summary>
internal sealed class ScreenException : Exception
{
    // EPIPE, and Windows' ERROR_BROKEN_PIPE and ERROR_NO_DATA.
    private static readonly int[] ClosedPipe = [32, unchecked((int)0x8007006D), unchecked((int)0x800700E8)];

    public ScreenException(IOException cause)
        : base($"Cannot write the output: {cause.Message}", cause)
    {
        IsClosedPipe = ClosedPipe.Contains(cause.HResult);
    }

    /// <summary>True if the program that read the output has gone, as <c>head -1</c> does: no error, just the end.</summary>
    public bool IsClosedPipe { get; }
}
