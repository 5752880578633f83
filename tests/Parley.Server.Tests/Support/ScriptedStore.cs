using System.Text;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.TestKit;

namespace Parley.Server.Tests.Support;

/// <summary>A history in memory that fails, or takes its time, when the test says so.</summary>
/// <param name="maxMessagesPerRoom">No more are kept of one room.</param>
internal sealed class ScriptedStore(int maxMessagesPerRoom = 1_000) : IHistoryStore, IDisposable
{
    private readonly MemoryHistoryStore _inner = new(maxMessagesPerRoom);
    private readonly ManualResetEventSlim _goesOn = new(true);
    private volatile TaskCompletionSource _held = new();
    private volatile byte[] _heldText = [];
    private bool _fails;
    private bool _isUnreadable;

    public bool Fails { get => Volatile.Read(ref _fails); set => Volatile.Write(ref _fails, value); }

    /// <summary>True if rooms cannot be read.</summary>
    public bool IsUnreadable { get => Volatile.Read(ref _isUnreadable); set => Volatile.Write(ref _isUnreadable, value); }

    /// <summary>Has everything that is to be kept wait from a message on.</summary>
    /// <param name="text">Its text: what happened before may be kept after it was shown, and does not wait.</param>
    /// <returns>Completes when it waits.</returns>
    public Task Hold(string text)
    {
        _heldText = Encoding.UTF8.GetBytes(text);
        _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _goesOn.Reset();
        return _held.Task.WithinSafetyAsync();
    }

    /// <summary>Keeps what waits: a server that stops waits for it.</summary>
    public void Dispose() => GoOn();

    /// <summary>What waits is kept.</summary>
    public void GoOn() => _goesOn.Set();

    public string Location => "memory";

    public void Append(ReadOnlySpan<HistoryEntry> batch)
    {
        foreach (var entry in batch)
        {
            if (!_goesOn.IsSet && entry.Text.Span.SequenceEqual(_heldText))
            {
                _held.TrySetResult();
                _goesOn.Wait();
            }
        }

        if (Volatile.Read(ref _fails))
        {
            throw new HistoryException("the disk is full");
        }

        _inner.Append(batch);
    }

    public DateTimeOffset? TidiedUntil => _inner.TidiedUntil;

    public bool Tidy(Retention retention, DateTimeOffset now) => _inner.Tidy(retention, now);

    public ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default) => _inner.LastNumberAsync(room, cancellationToken);

    public ValueTask<IReadOnlyList<FormerName>> FormerNamesAsync(RoomName room, CancellationToken cancellationToken = default)
        => _inner.FormerNamesAsync(room, cancellationToken);

    public ValueTask<IReadOnlyList<RoomName>> LaterNamesAsync(RoomName formerName, DateTimeOffset since, CancellationToken cancellationToken = default)
        => _inner.LaterNamesAsync(formerName, since, cancellationToken);

    public ValueTask<DateTimeOffset?> LastTimeAsync(RoomName room, CancellationToken cancellationToken = default) => _inner.LastTimeAsync(room, cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default)
        => IsUnreadable ? throw new HistoryException("the disk is gone") : _inner.ReadAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectAsync(
        DirectReader reader, Correspondent other, HistoryQuery query, CancellationToken cancellationToken = default)
        => _inner.ReadDirectAsync(reader, other, query, cancellationToken);

    public ValueTask<IReadOnlyList<Conversation>> ListConversationsAsync(
        DirectReader reader, HistoryQuery query, CancellationToken cancellationToken = default)
        => _inner.ListConversationsAsync(reader, query, cancellationToken);

    public ValueTask<SearchPage> SearchAsync(HistorySearch search, CancellationToken cancellationToken = default) => _inner.SearchAsync(search, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _goesOn.Dispose();
        return _inner.DisposeAsync();
    }
}
