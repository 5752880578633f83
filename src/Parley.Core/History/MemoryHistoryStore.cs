using Parley.Core.Names;
using Parley.Core.Ports;

namespace Parley.Core.History;

/// <summary>Temporary.</summary>
public sealed class MemoryHistoryStore : IHistoryStore
{
    /// <inheritdoc/>
    public string Location => "memory";
    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> LastTimeAsync(CancellationToken cancellationToken = default) => new((DateTimeOffset?)null);
    /// <inheritdoc/>
    public void Append(ReadOnlySpan<HistoryEntry> batch) { }
    /// <inheritdoc/>
    public bool Tidy(Retention retention, DateTimeOffset now) => false;
    /// <inheritdoc/>
    public ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default) => new(0);
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default) => new([]);
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectAsync(UserName one, UserName other, HistoryQuery query, CancellationToken cancellationToken = default) => new([]);
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEntry>> SearchAsync(HistorySearch search, CancellationToken cancellationToken = default) => new([]);
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;
}
