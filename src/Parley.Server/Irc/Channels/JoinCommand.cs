using Parley.Core.Intentions;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary><c>JOIN #room{,#room} [key{,key}]</c>, or <c>JOIN 0</c> to leave all (https://modern.ircdocs.horse/#join-message).</summary>
internal sealed class JoinCommand() : IrcCommand(
    "JOIN", "#room{,#room} [key{,key}] | 0", "joins rooms, and makes those that are not there yet; 0 leaves all", minParameters: 1)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (IrcTexts.List(request[0]).Length == 0)
        {
            session.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, $"{Word} :Not enough parameters");
            return true;
        }

        if (string.Equals(request[0], "0", StringComparison.Ordinal))
        {
            foreach (var room in session.Session.Rooms.ToArray())
            {
                await PartCommand.LeaveAsync(session, room, reason: "", cancellationToken);
            }

            return true;
        }

        // Each key belongs to the channel in its place, so places that are empty count.
        var keys = request[1].Split(',');
        foreach (var (index, channel) in request[0].Split(',').Index())
        {
            if (channel.Length == 0)
            {
                continue;
            }

            if (!IrcChannel.TryParse(channel, out var room))
            {
                session.Numeric(IrcNumeric.ERR_NOSUCHCHANNEL, $"{IrcTexts.Word(channel)} :No such channel");
                continue;
            }

            if (session.Session.Rooms.Contains(room))
            {
                continue;
            }

            var key = index < keys.Length && keys[index].Length > 0 ? keys[index] : null;
            var decision = await IrcEntry.EnterAsync(session, new Join(room, key), cancellationToken);
            if (decision.Verdict is Verdict.Stopping or Verdict.SignedOut)
            {
                return false;
            }

            if (decision.Verdict != Verdict.Accepted)
            {
                session.Refuse(decision, channel);
            }
        }

        return true;
    }
}
