using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Conformance.Tests.History;

/// <summary>A store that cannot be read, or waits, when the test wants it.</summary>
internal sealed class FailingStore : IHistoryStore
{
    private readonly MemoryHistoryStore _inner = new();

    public bool Fails { get; set; }

    public string Location => "a test";

    public bool FailsToKeep { get; set; }

    public void Append(ReadOnlySpan<HistoryEntry> batch)
    {
        if (FailsToKeep)
        {
            throw new HistoryException("full");
        }

        _inner.Append(batch);
    }

    public DateTimeOffset? TidiedUntil => _inner.TidiedUntil;

    public bool Tidy(Retention retention, DateTimeOffset now) => _inner.Tidy(retention, now);

    public ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default)
        => _inner.LastNumberAsync(room, cancellationToken);

    public ValueTask<IReadOnlyList<FormerName>> FormerNamesAsync(RoomName room, CancellationToken cancellationToken = default)
        => _inner.FormerNamesAsync(room, cancellationToken);

    public ValueTask<IReadOnlyList<RoomName>> LaterNamesAsync(RoomName formerName, DateTimeOffset since, CancellationToken cancellationToken = default)
        => _inner.LaterNamesAsync(formerName, since, cancellationToken);

    public ValueTask<DateTimeOffset?> LastTimeAsync(RoomName room, CancellationToken cancellationToken = default) => _inner.LastTimeAsync(room, cancellationToken);

    public async ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default)
    {
        await FailAsync();
        return await _inner.ReadAsync(query, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectAsync(
        DirectReader reader, Correspondent other, HistoryQuery query, CancellationToken cancellationToken = default)
    {
        await FailAsync();
        return await _inner.ReadDirectAsync(reader, other, query, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Conversation>> ListConversationsAsync(
        DirectReader reader, HistoryQuery query, CancellationToken cancellationToken = default)
    {
        await FailAsync();
        return await _inner.ListConversationsAsync(reader, query, cancellationToken);
    }

    public async ValueTask<SearchPage> SearchAsync(HistorySearch search, CancellationToken cancellationToken = default)
    {
        await FailAsync();
        return await _inner.SearchAsync(search, cancellationToken);
    }

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private async ValueTask FailAsync()
    {
        await Task.Yield();
        if (Fails)
        {
            throw new HistoryException("a test wants it so");
        }
    }
}
