using Parley.Cli.Terminal;

namespace Parley.Cli.Chat;

/// <summary>The server's lines could not be shown; told apart from a connection that fails, which is an IOException too.</summary>
internal sealed class ScreenException : Exception
{
    public ScreenException(IOException cause)
        : base($"Cannot write the output: {cause.Message}", cause)
    {
        IsClosedPipe = OutputException.IsOfClosedPipe(cause);
    }

    /// <summary>True if the program that read the output has gone, as <c>head -1</c> does: no error, just the end.</summary>
    public bool IsClosedPipe { get; }
}
