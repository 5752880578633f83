using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Sessions;

namespace Parley.Core.Rooms;

/// <summary>Shows a room's members what happens there: most of it in the logs that they share, some to each by itself. Under the room's gate.</summary>
internal sealed class RoomAudience(RoomState state, RoomLogs logs)
{
    /// <summary>Puts an event where all find it.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="audience">If it is to be shown to some only: who has seen it.</param>
    /// <param name="author">
    /// The place of the session whose doing it is; it is shown the event by itself, in the same place among the others. Null for nobody's.
    /// </param>
    public void Show(RoomEvent entry, OncePerSession? audience, Subscription? author)
    {
        if (author?.Log is not { } log)
        {
            logs.Append(entry, audience);
            return;
        }

        author.AdvanceTo(log, log.Head);
        logs.Append(entry, audience);
        author.SkipTo(log.Head);
        author.Session.AppendOwn(entry);
    }

    /// <summary>Puts a message where its readers find it, but for those who are shown it in another way, and folds it in.</summary>
    /// <param name="place">Its author's place; null if it has none.</param>
    /// <param name="message">The message.</param>
    public void Say(Subscription? place, MessagePosted message)
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

        logs.Append(message, audience: null);
        if (skipping is not null)
        {
            place!.SkipTo(skipping.Head);
            if (draft.Echo)
            {
                place.Session.AppendEcho(message);
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
                reader.Session.AppendRenaming(entry, state, member.Actor, isOwn: reader.Session == by);
            }
        }
    }

    /// <summary>Shows a message to members of a rank only. It stands in no log, as everybody reads those.</summary>
    private void SayToRanked(Subscription? place, MessagePosted message)
    {
        foreach (var reader in AdvancedReaders())
        {
            if (reader != place)
            {
                if (MemberOf(reader) is { } member && member.Rank >= message.Draft.MinRank)
                {
                    reader.Session.AppendPrivate(message);
                }
            }
            else if (message.Draft.Echo)
            {
                reader.Session.AppendEcho(message);
            }
        }
    }

    /// <summary>Everybody who follows the room, each when it has been given all that comes before.</summary>
    private IEnumerable<Subscription> AdvancedReaders()
    {
        foreach (var log in logs.All)
        {
            foreach (var reader in log.Readers)
            {
                reader.AdvanceTo(log, log.Head);
                yield return reader;
            }
        }
    }

    private RoomMember? MemberOf(Subscription reader)
        => reader.Session.User is { } user && state.TryGet(user.Id, out var member) ? member : null;
}
