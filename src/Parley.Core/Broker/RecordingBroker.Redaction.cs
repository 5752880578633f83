using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <content>What was said and is taken back, and how far history may be read.</content>
public sealed partial class RecordingBroker
{
    /// <inheritdoc/>
    public async ValueTask<Verdict> RedactAsync(
        Session session, RoomName room, long number, string reason = "", CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        if (_inner.Refusal(session, room, out var user, out var place, out var found) is { } refusal)
        {
            return refusal;
        }

        if (place is null && !user.Profile.IsOperator)
        {
            return Verdict.NotInRoom;
        }

        return await RedactAsync(
            token => _store.ReadAsync(HistoryQuery.One(room, number), token),
            user,
            isOperator: user.Profile.IsOperator || found.Ask(state => state.TryGet(user.Id, out var member) && member.Rank >= MemberRank.HalfOperator),
            entry => new RoomRedaction(found, user.Actor, entry, reason, _time),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Verdict> RedactDirectAsync(
        Session session, UserName other, long number, string reason = "", CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        if (_inner.Refusal(session, out var user) is { } refusal)
        {
            return refusal;
        }

        return await RedactAsync(
            token => _store.ReadDirectAsync(user.Reader, other, HistoryQuery.One(room: default, number), token),
            user,
            isOperator: false,
            entry => new DirectRedaction(_inner, user.Actor, entry, reason, _time),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default)
    {
        var last = await _inner.LastNumberAsync(room, cancellationToken);
        var earlier = last == 0 ? (await NumbersAsync(room, cancellationToken))?.Earlier ?? 0 : 0;
        return Math.Max(last, earlier);
    }

    private async ValueTask<Verdict> RedactAsync(
        Func<CancellationToken, ValueTask<IReadOnlyList<HistoryEntry>>> find,
        User user,
        bool isOperator,
        Func<HistoryEntry, Redaction> redact,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<HistoryEntry> found;
        try
        {
            found = await find(cancellationToken);
        }
        catch (HistoryException)
        {
            return Verdict.HistoryFails;
        }

        if (found is not [{ Kind: <= MessageKind.Tags } entry])
        {
            return Verdict.NoSuchMessage;
        }

        if (!isOperator && !user.Reader.Wrote(entry))
        {
            return Verdict.NotAuthor;
        }

        var window = _options.RedactionWindow;
        if (!isOperator && window > TimeSpan.Zero && _time.GetUtcNow() - entry.Time > window)
        {
            return Verdict.TooLate;
        }

        var redaction = redact(entry);
        return _recorder.TryAdd(redaction, out _) ? await redaction.Decided.WaitAsync(cancellationToken) : Verdict.Stopping;
    }
}
