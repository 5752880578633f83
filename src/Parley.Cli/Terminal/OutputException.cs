namespace Parley.Cli.Terminal;

/// <summary>A verb's output could not be written; told apart from every other file and connection that fails.</summary>
internal sealed class OutputException(IOException cause) : Exception($"The output cannot be written: {cause.Message}", cause)
{
    // EPIPE, and Windows' ERROR_BROKEN_PIPE and ERROR_NO_DATA.
    private static readonly int[] ClosedPipe = [32, unchecked((int)0x8007006D), unchecked((int)0x800700E8)];

    /// <summary>True if the program that read the output has gone, as <c>head -1</c> does: no error, just the end.</summary>
    public bool IsClosedPipe { get; } = IsOfClosedPipe(cause);

    /// <summary>True if a write failed because whoever read has gone.</summary>
    public static bool IsOfClosedPipe(IOException failure) => ClosedPipe.Contains(failure.HResult);
}
