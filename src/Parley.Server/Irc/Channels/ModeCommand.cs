using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Users;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary><c>MODE nick|#room [modes]</c>: what is set on a user, or on a room and its members (https://modern.ircdocs.horse/#mode-message).</summary>
internal sealed class ModeCommand() : IrcCommand(
    "MODE", "#room|nick [modes [arguments]]", "shows or changes what is set on a room, or on yourself (B bot, i invisible, w hears WALLOPS)", minParameters: 1)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
        => request[0] is ['#', ..]
            ? IrcChannelModes.RunAsync(session, request, cancellationToken)
            : IrcUserModes.RunAsync(session, request, cancellationToken);
}
