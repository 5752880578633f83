using Parley.Core.Accounts;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.History;
using Parley.Server.Irc.Metadata;
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

            session.AnswersFollow();
            var key = index < keys.Length && keys[index].Length > 0 ? keys[index] : null;
            session.ArrivingMarker = await MarkerAsync(session, room, cancellationToken);
            var replay = IrcReplay.CountFor(session);
            if (replay > 0)
            {
                await session.Context.SentMarks.LoadAsync(session.Session.User!, cancellationToken);
            }

            session.Arriving = room;
            var decision = await session.Broker.AskAsync(session.Session.Id, new Join(room, key) { Replay = replay }, cancellationToken);
            session.Arriving = default;
            if (decision.Verdict is Verdict.Stopping or Verdict.SignedOut)
            {
                return false;
            }

            if (decision.Verdict != Verdict.Accepted)
            {
                session.Refuse(decision, channel);
                continue;
            }

            await MetadataSync.JoinedAsync(session, room, cancellationToken);
        }

        return true;
    }

    /// <summary>The welcome tells how far the user has read, and cannot wait to be told so itself.</summary>
    private static async ValueTask<DateTimeOffset?> MarkerAsync(IrcSession session, RoomName room, CancellationToken cancellationToken)
    {
        if (!session.Has(IrcCapabilities.ReadMarker))
        {
            return null;
        }

        try
        {
            // Whoever is not in yet may not know that the room had other names: the marker is told with the welcome only.
            var formerNames = await session.Broker.LookAsync(SessionId.Server, new FindFormerNames(room), cancellationToken);
            return await session.Context.ReadMarkers.GetAsync(session.Session.User!, $"#{room.Value}", formerNames, cancellationToken);
        }
        catch (AccountStoreException)
        {
            // To be in the room matters more.
            return null;
        }
    }
}
