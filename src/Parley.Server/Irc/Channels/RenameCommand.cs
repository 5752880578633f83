using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary><c>RENAME #old #new [:reason]</c>: gives a room another name (https://ircv3.net/specs/extensions/channel-rename).</summary>
internal sealed class RenameCommand() : IrcCommand("RENAME", "#room #room [reason]", "gives a room another name", minParameters: 2)
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
            session.Fail("RENAME", "CANNOT_RENAME", $"Channels are # and {RoomName.Form}", context);
            return true;
        }

        // Without the capability, it is shown by several lines.
        if (!session.Has(IrcCapabilities.ChannelRename))
        {
            session.AnswersFollow();
        }

        var reason = IrcTexts.Cut(request[2], IrcLimits.Kick);
        var verdict = await session.AskAsync(new RenameRoom(room, newName, reason), cancellationToken);
        if (verdict == Verdict.RoomExists)
        {
            session.Fail("RENAME", "CHANNEL_NAME_IN_USE", "The channel name is already taken", context);
        }
        else if (verdict == Verdict.NameHasHistory)
        {
            session.Fail("RENAME", "CHANNEL_NAME_IN_USE", $"#{newName.Value} has a history of its own, choose another name", context);
        }
        else if (verdict == Verdict.HistoryIsOlder)
        {
            session.Fail("RENAME", "CANNOT_RENAME", $"#{room.Value} has a history from before you founded it: ask an operator of the server to rename it", context);
        }
        else if (verdict == Verdict.NotFounder)
        {
            session.Fail("RENAME", "CANNOT_RENAME", $"#{room.Value} is registered, and only its founder renames it", context);
        }
        else if (verdict == Verdict.HistoryFails)
        {
            session.Fail("RENAME", "CANNOT_RENAME", "History cannot be kept at the moment, so nothing is renamed: try again later", context);
        }
        else
        {
            session.Accepted(verdict, request[0]);
        }

        return true;
    }
}
