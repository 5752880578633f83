using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Irc.History;
using Parley.Server.Irc.Metadata;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary>Brings clients into rooms, and shows them what belongs to an arrival.</summary>
internal static class IrcEntry
{
    /// <summary>Brings a client into a room.</summary>
    /// <param name="session">The client.</param>
    /// <param name="join">The room, and how the client comes in; what it is shown of the past is added.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    public static async ValueTask<Decision> EnterAsync(IrcSession session, Join join, CancellationToken cancellationToken)
    {
        session.AnswersFollow();
        session.ArrivingMarker = await MarkerAsync(session, join.Room, cancellationToken);
        var replay = IrcReplay.CountFor(session);
        if (replay > 0)
        {
            await session.Context.SentMarks.LoadAsync(session.Session.User!, cancellationToken);
        }

        session.Arriving = join.Room;
        var decision = await session.Broker.AskAsync(session.Session.Id, join with { Replay = replay }, cancellationToken);
        session.Arriving = default;
        if (decision.Verdict == Verdict.Accepted)
        {
            await MetadataSync.JoinedAsync(session, join.Room, cancellationToken);
        }

        return decision;
    }

    /// <summary>Brings a client into the rooms in which its user is on other sessions, and has it taken along by those from here on.</summary>
    public static async ValueTask FollowAsync(IrcSession session, CancellationToken cancellationToken)
    {
        if (session.Session.User is not { Profile.Login: not null } user || await session.AskAsync(new FollowAll(), cancellationToken) != Verdict.Accepted)
        {
            return;
        }

        var rooms = (await session.LookAsync(new FindUser(user.Name), cancellationToken))?.Rooms ?? [];
        foreach (var place in rooms.Where(place => !session.Session.Rooms.Contains(place.Room)))
        {
            await EnterAsync(session, new Join(place.Room) { OnlyIfMember = true }, cancellationToken);
        }
    }

    /// <summary>The line that tells how far a client's user has read a room, later than its welcome; null if the client wants none.</summary>
    public static async Task TellMarkerAsync(IrcSession session, RoomName room)
    {
        try
        {
            if (await MarkerAsync(session, room, session.Session.Outbox.Ended) is { } marker)
            {
                session.Push($":{session.Context.ServerName} {Marks.ReadMarkers.Line($"#{room.Value}", marker)}");
            }
        }
        catch (OperationCanceledException)
        {
            // The client is gone.
        }
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
