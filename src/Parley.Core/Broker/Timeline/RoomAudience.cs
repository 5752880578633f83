using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Timeline;

/// <summary>Shows a room's members what happens there: most of it in the logs that they share, some to each by itself. Under the room's gate.</summary>
internal sealed class RoomAudience(RoomState state, RoomLogs logs)
{
    /// <summary>Puts an event where all find it.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="audience">If it is to be shown to some only: who has seen it.</param>
    /// <param name="author">
    /// The place of the session whose doing it is; it is shown the event by itself, in the same place among the others. Null for nobody's.
    /// </param>
    public void Show(RoomEvent entry, OncePerSession? audience, RoomPlace? author)
    {
        // Decided under another name, if the room has been renamed meanwhile or could not be.
        entry = ReferenceEquals(entry.Room.Value, state.Name.Value) ? entry : entry with { Room = state.Name };
        if (author?.Log is not { } log)
        {
            logs.Append(entry, audience);
            return;
        }

        author.AdvanceTo(log, log.Head);
        logs.Append(entry, audience, author.Outbox);
        author.SkipTo(log.Head);
        author.Session.Append(new Told(entry, IsOwn: true), messages: 1);
    }

    /// <summary>Puts a message where its readers find it, but for those who are shown it in another way, and folds it in.</summary>
    /// <param name="place">Its author's place; null if it has none.</param>
    /// <param name="message">The message.</param>
    public void Say(RoomPlace? place, MessagePosted message)
    {
        state.Fold(message);
        var draft = message.Draft;
        if (draft.MinRank != MemberRank.None)
        {
            SayToRanked(place, message);
            return;
        }

        var skipping = draft is { Echo: true, Label: null } ? null : place?.Log;
        if (skipping is not null)
        {
            place!.AdvanceTo(skipping, skipping.Head);
        }

        logs.Append(message, draft.IsForOthers ? place?.Session.Others() : null, skipping is null ? null : place!.Outbox);
        if (skipping is not null)
        {
            place!.SkipTo(skipping.Head);
            if (draft.Echo)
            {
                place.Session.Append(new Echo(message), messages: 1);
            }
        }
    }

    /// <summary>Shows each member that the room has another name; to some, that is a room left and another joined.</summary>
    public void ShowRenaming(RoomRenamed entry, Session by)
    {
        foreach (var reader in AdvancedReaders())
        {
            if (MemberOf(reader) is { } member)
            {
                reader.Session.Append(new RenamingTold(entry, state, member.Actor, IsOwn: reader.Session == by), messages: 0);
            }
        }
    }

    /// <summary>Shows a message to members of a rank only. It stands in no log, as everybody reads those.</summary>
    private void SayToRanked(RoomPlace? place, MessagePosted message)
    {
        foreach (var reader in AdvancedReaders())
        {
            if (reader != place)
            {
                if (MemberOf(reader) is { } member && member.Rank >= message.Draft.MinRank)
                {
                    reader.Session.Append(new Told(message, IsOwn: false), messages: 1);
                }
            }
            else if (message.Draft.Echo)
            {
                reader.Session.Append(new Echo(message), messages: 1);
            }
        }
    }

    /// <summary>Everybody who follows the room, each when it has been given all that comes before.</summary>
    private IEnumerable<RoomPlace> AdvancedReaders()
    {
        foreach (var log in logs.All)
        {
            foreach (var reader in log.Readers.Cast<RoomPlace>())
            {
                reader.AdvanceTo(log, log.Head);
                yield return reader;
            }
        }
    }

    private RoomMember? MemberOf(RoomPlace reader)
        => reader.Session.User is { } user && state.TryGet(user.Id, out var member) ? member : null;
}
