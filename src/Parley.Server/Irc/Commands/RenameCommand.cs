using Parley.Core.Broker;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary><c>RENAME #old #new [:reason]</c>: gives a room another name (https://ircv3.net/specs/extensions/channel-rename).</summary>
internal sealed class RenameCommand() : IrcCommand("RENAME", minParameters: 2)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!IrcChannel.TryParse(request[0], out var room))
        {
            session.Numeric(IrcNumeric.ERR_NOSUCHCHANNEL, $"{request[0]} :No such channel");
            return true;
        }

        var context = $"#{room.Value} {request[1]}";
        if (!IrcChannel.TryParse(request[1], out var newName))
        {
            session.Fail("RENAME", "CANNOT_RENAME", "Channels are # and 2 to 20 of A-Z a-z 0-9 - _", context);
            return true;
        }

        // Without the capability, it is shown by several lines.
        if (!session.Has(IrcCapabilities.ChannelRename))
        {
            session.AnswersFollow();
        }

        var reason = IrcTexts.Cut(request[2], IrcSupport.Limits.Kick);
        var verdict = await session.Broker.RenameRoomAsync(session.Session, room, newName, reason, cancellationToken);
        if (verdict == Verdict.RoomExists)
        {
            session.Fail("RENAME", "CHANNEL_NAME_IN_USE", "The channel name is already taken", context);
        }
        else
        {
            session.Accepted(await IrcChannel.DisguiseAsync(session, verdict, request[0], cancellationToken), request[0]);
        }

        return true;
    }
}
