namespace Parley.Server.Lines.Commands;

/// <summary><c>/help</c>: the command list.</summary>
internal sealed class HelpCommand() : LinesCommand("/help", "print this message", isBeforeLogin: true)
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        session.Session.Reply(session.Commands.Help);
        return new(true);
    }
}
