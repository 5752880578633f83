using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary><c>PART #room{,#room} [reason]</c>: leaves (https://modern.ircdocs.horse/#part-message).</summary>
internal sealed class PartCommand() : IrcCommand("PART", "#room{,#room} [reason]", "leaves rooms", minParameters: 1)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var channels = IrcTexts.List(request[0]);
        if (channels.Length == 0)
        {
            session.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, $"{Word} :Not enough parameters");
        }

        foreach (var channel in channels)
        {
            if (!IrcChannel.TryParse(channel, out var room))
            {
                session.Numeric(IrcNumeric.ERR_NOSUCHCHANNEL, $"{channel} :No such channel");
                continue;
            }

            var verdict = await LeaveAsync(session, room, IrcTexts.Cut(request[1], IrcLimits.Kick), cancellationToken);
            session.Accepted(verdict, channel);
        }

        return true;
    }

    /// <summary>Leaves a room, and tells the client so.</summary>
    public static async ValueTask<Verdict> LeaveAsync(IrcSession session, RoomName room, string reason, CancellationToken cancellationToken)
    {
        var name = session.Session.Rooms.FirstOrDefault(followed => followed == room);
        var verdict = await session.AskAsync(new Leave(room, reason), cancellationToken);
        if (verdict == Verdict.Accepted)
        {
            // Its place there ended before the others were told.
            session.Line($":{IrcEvents.Source(session.Self)} PART #{name.Value}{(reason.Length == 0 ? "" : $" :{reason}")}");
        }

        return verdict;
    }
}
