using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Registration;

/// <summary><c>PONG</c>: the client is there. That it has said anything is all there is to it.</summary>
internal sealed class PongCommand() : IrcCommand("PONG", "[token]", "answers a PING", isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
        => new(true);
}
