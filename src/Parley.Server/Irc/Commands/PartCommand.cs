using Parley.Core.Broker;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary><c>PART #room{,#room} [reason]</c>: leaves (https://modern.ircdocs.horse/#part-message).</summary>
internal sealed class PartCommand() : IrcCommand("PART", minParameters: 1)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        foreach (var channel in IrcTexts.List(request[0]))
        {
            if (!IrcChannel.TryParse(channel, out var room))
            {
                session.Numeric(IrcNumeric.ERR_NOSUCHCHANNEL, $"{channel} :No such channel");
                continue;
            }

            var name = session.Session.Rooms.FirstOrDefault(followed => followed == room);
            var verdict = await session.Broker.LeaveAsync(session.Session, room, request[1], cancellationToken);
            if (verdict == Verdict.NotInRoom && await session.Broker.FindRoomAsync(room, cancellationToken) is null)
            {
                verdict = Verdict.NoSuchRoom;
            }

            if (session.Accepted(verdict, channel))
            {
                // Its place there ended before the others were told.
                session.Line($":{IrcEvents.Source(session.Self)} PART #{name.Value}{(request[1].Length == 0 ? "" : $" :{request[1]}")}");
            }
        }

        return true;
    }
}
