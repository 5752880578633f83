namespace Parley.Server.Irc.Commands;

/// <summary><c>QUIT [reason]</c>: the client leaves (https://modern.ircdocs.horse/#quit-message).</summary>
internal sealed class QuitCommand() : IrcCommand("QUIT", minParameters: 0, isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        session.QuitReason = $"Quit: {IrcTexts.Cut(request[0], IrcSupport.Limits.Quit)}";
        session.Farewell($"Closing link: {session.QuitReason}");
        return new(false);
    }
}
