using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Events;
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

    private ValueTask<Decision> PostAsync(Session session, Post what, CancellationToken cancellationToken)
    {
        var posting = Post(session, what);
        return what.IsAwaited ? posting.WhenShownAsync(cancellationToken) : posting.WhenTakenAsync(cancellationToken);
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
