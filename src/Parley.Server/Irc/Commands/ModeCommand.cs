namespace Parley.Server.Irc.Commands;

/// <summary><c>MODE nick [modes]</c>: what a user has set about itself (https://modern.ircdocs.horse/#mode-message).</summary>
internal sealed class ModeCommand() : IrcCommand("MODE", minParameters: 1)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        return IrcUserModes.RunAsync(session, request, cancellationToken);
    }
}
