using System.Collections.Concurrent;
using System.IO.Pipelines;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <summary>The broker of a single machine that keeps history: what is said is kept first, and decided on and delivered then.</summary>
/// <remarks>
/// A session's own intentions keep their order: before anything else is decided for it, what it has said before is delivered.
/// So a rename, a departure or a direct message never overtakes a message of the same session that is still being kept.
/// </remarks>
public sealed partial class RecordingBroker : IBroker, IAsyncDisposable
{
    private readonly LocalBroker _inner;
    private readonly IHistoryStore _store;
    private readonly Recorder _recorder;
    private readonly RecordingOptions _options;
    private readonly TimeProvider _time;
    private readonly CatchUp _catchUp;
    private readonly ConcurrentDictionary<RoomName, RoomNumbers> _numbers = new();

    /// <summary>Puts history before a broker.</summary>
    /// <param name="inner">Decides and delivers.</param>
    /// <param name="store">Keeps.</param>
    /// <param name="options">How.</param>
    /// <param name="monitor">Is told how it goes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wakes">Wakes the recorder; what flushes rooms unless given. The more has come in by then, the larger a batch.</param>
    public RecordingBroker(
        LocalBroker inner,
        IHistoryStore store,
        RecordingOptions options,
        IRecordingMonitor monitor,
        TimeProvider time,
        PipeScheduler? wakes = null)
    {
        _inner = inner;
        _store = store;
        _options = options;
        _time = time;
        _catchUp = new CatchUp(store);
        var keeper = new HistoryKeeper(store, options, new AnnouncingMonitor(monitor, inner), time);
        _recorder = new Recorder(keeper, wakes ?? inner.Flushes, time);
        inner.Journal = options.KeepsEvents ? new EventJournal(_recorder) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<Verdict> SignInAsync(
        Session session, UserName name, UserProfile? profile = null, CancellationToken cancellationToken = default)
    {
        Prepare(session);

        // Only who knows how far history has come can tell what comes from here on.
        await NumbersAsync(room: default, cancellationToken);
        var verdict = await _inner.SignInAsync(session, name, profile, cancellationToken);
        if (verdict == Verdict.Accepted)
        {
            session.User?.NameSince(_recorder.Part());
        }

        return verdict;
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> AttachAsync(Session session, UserName name, CancellationToken cancellationToken = default)
    {
        Prepare(session);
        return _inner.AttachAsync(session, name, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask SignOutAsync(Session session, string reason = "")
    {
        await SettleAsync(session);
        await _inner.SignOutAsync(session, reason);
    }

    /// <inheritdoc/>
    public async ValueTask<Verdict> RenameAsync(Session session, UserName newName, CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        var oldName = session.User?.Name;
        var verdict = await _inner.RenameAsync(session, newName, cancellationToken);
        if (verdict == Verdict.Accepted && newName != oldName)
        {
            session.User?.NameSince(_recorder.Part());
        }

        return verdict;
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> JoinAsync(
        Session session, RoomName room, int replay = 0, string? key = null, CancellationToken cancellationToken = default)
        => MoveAsync(session, leaving: default, room, replay, key, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Verdict> MoveAsync(
        Session session, RoomName leaving, RoomName room, int replay = 0, string? key = null, CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        var numbers = await NumbersAsync(room, cancellationToken);
        var hole = replay > 0 && numbers is not null ? new OutboxHole() : null;
        var verdict = _inner.Join(session, leaving, room, key, numbers, hole, out var lastNumber);
        if (verdict == Verdict.Accepted && hole is not null && lastNumber > 0)
        {
            await _catchUp.ReplayAsync(session, hole, room, lastNumber, replay);
        }

        return verdict;
    }

    /// <inheritdoc/>
    public async ValueTask<Verdict> LeaveAsync(Session session, RoomName room, string reason = "", CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        return await _inner.LeaveAsync(session, room, reason, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> PostAsync(Session session, RoomName room, MessageDraft draft, CancellationToken cancellationToken = default)
    {
        if ((_inner.Refusal(session, room, out var author, out var place, out var found) ?? found.RefusesSpeech(author.Actor, follows: place is not null)) is { } refusal)
        {
            return new(refusal);
        }

        var unsettled = session.Unsettled ??= new Unsettled();
        unsettled.Begin();
        var recording = new RoomRecording(session, author, place, found, draft, session.Outbox.Traffic?.Accepted());
        if (!_recorder.TryAdd(recording, out var wait, mustWait: found.Expect(recording.Bytes)))
        {
            found.ExpectNoMore(recording.Bytes);
            unsettled.End();
            return new(Verdict.Stopping);
        }

        return wait is null ? new(Verdict.Accepted) : AcceptedAfterAsync(wait, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask SettleAsync(Session session) => session.Unsettled?.SettledAsync() ?? default;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<UserName>> SendDirectAsync(
        Session session,
        IReadOnlyList<UserName> recipients,
        MessageDraft draft,
        CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        if (_inner.Refusal(session, out var author) is not null)
        {
            return recipients;
        }

        var sample = session.Outbox.Traffic?.Accepted();
        var numbers = await NumbersAsync(room: default, cancellationToken);
        var recording = new DirectRecording(session, author, recipients, draft, numbers, _inner, sample);
        return _recorder.TryAdd(recording, out _) ? await recording.Missing.WaitAsync(cancellationToken) : recipients;
    }

    /// <inheritdoc/>
    public async ValueTask StopAsync()
    {
        await _recorder.StopAsync();
        await _inner.StopAsync();
    }

    /// <summary>Stops keeping; what was said before is kept.</summary>
    public ValueTask DisposeAsync() => _recorder.DisposeAsync();

    private static async ValueTask<Verdict> AcceptedAfterAsync(Task wait, CancellationToken cancellationToken)
    {
        await wait.WaitAsync(cancellationToken);
        return Verdict.Accepted;
    }

    private void Prepare(Session session)
    {
        session.Outbox.CatchUp = session.Outbox.Overflow == OverflowPolicy.TellAndCatchUp ? _catchUp : null;
    }

    /// <summary>Who numbers the room's messages; null while the store cannot say where to go on.</summary>
    private ValueTask<RoomNumbers?> NumbersAsync(RoomName room, CancellationToken cancellationToken)
        => _numbers.TryGetValue(room, out var numbers) ? new(numbers) : LoadNumbersAsync(room, cancellationToken);

    private async ValueTask<RoomNumbers?> LoadNumbersAsync(RoomName room, CancellationToken cancellationToken)
    {
        try
        {
            if (_numbers.IsEmpty && await _store.LastTimeAsync(cancellationToken) is { } lastTime)
            {
                _recorder.NotBefore(lastTime);
            }

            return _numbers.GetOrAdd(room, new RoomNumbers(room, await _store.LastNumberAsync(room, cancellationToken)));
        }
        catch (HistoryException)
        {
            return null;
        }
    }
}
