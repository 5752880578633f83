using Parley.Core.Events;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Registration;

/// <summary><c>QUIT [reason]</c>: the client leaves (https://modern.ircdocs.horse/#quit-message).</summary>
internal sealed class QuitCommand() : IrcCommand("QUIT", "[reason]", "leaves the server", isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        session.QuitReason = $"{UserQuit.ByItself}{IrcTexts.Cut(request[0], IrcLimits.Quit)}";
        session.Farewell($"Closing link: {session.QuitReason}");
        return new(false);
    }
}
