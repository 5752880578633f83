using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <content>What is said, and taken back.</content>
public sealed partial class LocalBroker
{
    /// <summary>Decides on a message.</summary>
    internal Posting Post(Session session, Post what)
    {
        if (Refusal(session, what.Room, out var user, out var place, out var found) is { } refusal)
        {
            return new Posting(refusal);
        }

        var sample = session.Outbox.Traffic?.Accepted();
        var now = Now();
        user.Spoke(now);
        return found.Post(session, user, place, what, now, sample);
    }

    /// <summary>True if a message that a node sends again is kept.</summary>
    /// <exception cref="HistoryException">The store fails.</exception>
    internal async ValueTask<bool> IsKeptAsync(PostOrigin origin)
        => !origin.IsNone && _history?.Store is IPostOrigins origins && (await origins.FindOriginsAsync([origin])).Count > 0;

    private ValueTask<Decision> PostAsync(Session session, Post what, CancellationToken cancellationToken)
    {
        var posting = Post(session, what);
        return what.IsAwaited ? WhenShownAsync(posting, cancellationToken)
            : posting.Wait is { } wait ? AcceptedAfterAsync(wait, cancellationToken)
            : new(new Decision(posting.Verdict) { RetryAfter = posting.RetryAfter });
    }

    private static async ValueTask<Decision> AcceptedAfterAsync(Task wait, CancellationToken cancellationToken)
    {
        await wait.WaitAsync(cancellationToken);
        return new Decision(Verdict.Accepted);
    }

    /// <summary>The decision on a message, once it is shown.</summary>
    internal static async ValueTask<Decision> WhenShownAsync(Posting posting, CancellationToken cancellationToken = default)
    {
        var verdict = posting.Shown is { } shown ? await shown.WaitAsync(cancellationToken) : posting.Verdict;
        return new Decision(verdict)
        {
            Posted = verdict == Verdict.Accepted ? posting.Step?.Message ?? posting.Message : null,
            RetryAfter = posting.RetryAfter,
        };
    }

    private async ValueTask<Decision> SendDirectAsync(
        Session session, IReadOnlyList<UserName> recipients, MessageDraft draft, CancellationToken cancellationToken)
    {
        if (_history is not null && await _history.NumbersAsync(room: default, cancellationToken) is { } numbers)
        {
            _direct.GoOn(numbers);
        }

        if (Refusal(session, out var user) is { } refusal)
        {
            return new Decision(refusal) { Missing = recipients };
        }

        var sample = session.Outbox.Traffic?.Accepted();
        var now = Now();
        user.Spoke(now);
        return new Decision(Verdict.Accepted) { Missing = await _direct.SendAsync(session, user, recipients, draft, now, sample, cancellationToken) };
    }

    private async ValueTask<Decision> RedactAsync(Session session, Redact what, CancellationToken cancellationToken)
    {
        if (Refusal(session, what.Room, out var user, out var place, out var found) is { } refusal)
        {
            return new Decision(refusal);
        }

        if (_redactions is null)
        {
            return new Decision(Verdict.NoSuchMessage);
        }

        var ask = Ask(session);
        var (verdict, author) = await _redactions.RedactAsync(ask, user, found, isMember: place is not null, what, cancellationToken);
        return new Decision(await AfterAsync(verdict, ask.Completion, cancellationToken)) { Silenced = author };
    }

    /// <summary>Returns the highest number up to which history of a room may be read now; of direct messages, if it is empty.</summary>
    internal ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default)
        => _past.UpToAsync(room, room.IsEmpty ? _direct.LastNumber : _rooms.TryGet(room, out var found) ? found.LastNumber : 0, cancellationToken);
}
