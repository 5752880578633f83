namespace Parley.Server.Lines.Commands;

/// <summary><c>/quit</c>: the connection closes after what is pending.</summary>
internal sealed class QuitCommand() : LinesCommand("/quit", "quit server", isBeforeLogin: true)
{
    /// <summary>Whoever leaves with words leaves.</summary>
    public override bool TakesArgument => true;

    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        session.Quit();
        return new(false);
    }
}
