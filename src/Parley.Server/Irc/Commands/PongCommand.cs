namespace Parley.Server.Irc.Commands;

/// <summary><c>PONG</c>: the client is there. That it has said anything is all there is to it.</summary>
internal sealed class PongCommand() : IrcCommand("PONG", minParameters: 0, isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
        => new(true);
}
