namespace Parley.Server.Lines.Commands;

/// <summary><c>/help</c>: the command list.</summary>
/// <param name="help">Returns the command list, in the bytes of the protocol.</param>
internal sealed class HelpCommand(Func<byte[]> help) : LinesCommand("/help", "print this message", isBeforeLogin: true)
{
    /// <summary>Whoever asks for help gets it.</summary>
    public override bool TakesArgument => true;

    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        session.Session.Reply(help());
        return new(true);
    }
}
