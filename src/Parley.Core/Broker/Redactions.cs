using System.Text;
using Parley.Core.Broker.History;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Takes messages back: history has something else in their place before anybody is told.</summary>
internal sealed class Redactions(NameDirectory names, KeptHistory history, Lane lane, TimeProvider time, IMessageObserver? observer)
{
    /// <summary>Takes a message of a room back.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="user">The user who asks.</param>
    /// <param name="room">The room.</param>
    /// <param name="isMember">Whether the session is in it.</param>
    /// <param name="what">Which message, and why.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The verdict, and the author of the message if that is somebody else.</returns>
    public async ValueTask<(Verdict Verdict, UserName Author)> RedactAsync(
        RoomAsk ask, User user, Room room, bool isMember, Redact what, CancellationToken cancellationToken)
    {
        var actor = user.Actor;
        if (!isMember && room.Ask(state => new RoomPolicy(state).RefusesRedactions(actor) is { } ? new RoomPolicy(state).Outside(actor) : (Verdict?)null) is { } outside)
        {
            return (outside, default);
        }

        var found = await ReadAsync(() => history.ReadAsync(room, HistoryQuery.One(what.Room, what.Number), cancellationToken));
        if (found is [{ SaidIn: var saidIn }] && !what.SaidIn.IsEmpty && saidIn != what.SaidIn)
        {
            return (Verdict.NoSuchMessage, default);
        }

        var (verdict, entry) = Judge(found, user);
        if (verdict is Verdict.Accepted or Verdict.NotAuthor or Verdict.TooLate)
        {
            // Whoever may say nothing in the room does not say it by way of a reason.
            var reason = room.Ask(state => new RoomPolicy(state).LastWords(actor, what.Reason, quits: false, ask.Now));
            verdict = room.Redact(ask, entry, Replacement(entry, user.Actor, reason), reason, withoutRank: verdict == Verdict.Accepted ? null : verdict);
        }

        var isOwn = user.Reader.Wrote(entry);
        if (verdict == Verdict.Accepted)
        {
            observer?.TakenBack(entry, isOwn);
        }

        return (verdict, verdict != Verdict.Accepted || isOwn ? default : entry.Author);
    }

    /// <summary>Takes a direct message back.</summary>
    public async ValueTask<Verdict> RedactDirectAsync(
        Session session, User user, UserName other, long number, string reason, CancellationToken cancellationToken)
    {
        var correspondent = new Correspondent(other, names.Find(other)?.Actor.Identity ?? default);
        var (verdict, entry) = Judge(
            await ReadAsync(() => history.Store.ReadDirectAsync(user.Reader, correspondent, HistoryQuery.One(room: default, number), cancellationToken)),
            user);
        if (verdict != Verdict.Accepted)
        {
            return verdict;
        }

        var redaction = new DirectRedacted(time.GetUtcNow(), user.Actor, entry.Recipient, entry.Number, reason);
        var step = new ReplacementStep(session, Replacement(entry, user.Actor, reason), () => TellRedacted(redaction, entry, session));
        var completion = step.CompletionAsync();
        return lane.TryAdd(step, out _) ? await completion.WaitAsync(cancellationToken) : Verdict.Stopping;
    }

    private static async ValueTask<IReadOnlyList<HistoryEntry>?> ReadAsync(Func<ValueTask<IReadOnlyList<HistoryEntry>>> read)
    {
        try
        {
            return await read();
        }
        catch (HistoryException)
        {
            return null;
        }
    }

    /// <summary>Returns the entry that history keeps in place of a message that is taken away.</summary>
    private static HistoryEntry Replacement(HistoryEntry entry, Actor by, string reason) => entry with
    {
        Author = entry.Room.IsEmpty ? entry.Author : by.Name,
        Kind = MessageKind.Redacted,
        Text = Encoding.UTF8.GetBytes(reason),
        Origin = HistoryEntry.OriginOf(by),
        Account = by.Profile.Account,
        Tags = default,
        AuthorId = entry.Room.IsEmpty ? entry.AuthorId : by.Identity,
    };

    /// <summary>The message that was found, and whether the user may take it away as its author.</summary>
    private (Verdict Verdict, HistoryEntry Entry) Judge(IReadOnlyList<HistoryEntry>? found, User user)
    {
        if (found is null)
        {
            return (Verdict.HistoryFails, default);
        }

        if (found is not [{ Kind: <= MessageKind.Tags } entry])
        {
            return (Verdict.NoSuchMessage, default);
        }

        if (!user.Reader.Wrote(entry))
        {
            return (Verdict.NotAuthor, entry);
        }

        var window = history.Options.RedactionWindow;
        var isLate = window > TimeSpan.Zero && time.GetUtcNow() - entry.Time > window;
        return (isLate ? Verdict.TooLate : Verdict.Accepted, entry);
    }

    /// <summary>Tells both ends of a direct message that it is to be shown no more.</summary>
    /// <param name="redaction">What is to be told.</param>
    /// <param name="entry">The message.</param>
    /// <param name="by">The session that took it away.</param>
    private void TellRedacted(DirectRedacted redaction, HistoryEntry entry, Session by)
    {
        observer?.TakenBack(entry, isByAuthor: true);

        // By who they are: both may have other names by now, and others theirs.
        var ends = names.All().Where(user => user.Reader.MayRead(entry)).ToArray();
        var told = redaction with { To = ends.FirstOrDefault(user => user.Reader.Received(entry))?.Name ?? redaction.To };
        foreach (var end in ends)
        {
            foreach (var session in end.Sessions)
            {
                session.Tell(new DirectTakenAway(told, IsOwn: session == by));
            }
        }
    }
}
