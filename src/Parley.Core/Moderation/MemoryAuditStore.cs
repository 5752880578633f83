namespace Parley.Core.Moderation;

/// <summary>Records that are gone when the process ends.</summary>
public sealed class MemoryAuditStore : IAuditStore
{
    private readonly Lock _gate = new();
    private readonly List<AuditEntry> _entries = [];

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<AuditEntry> entries, int keep, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _entries.AddRange(entries);
            _entries.RemoveRange(0, Math.Max(0, _entries.Count - keep));
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(int last, DateTimeOffset? since = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<AuditEntry>>([.. _entries.Where(entry => since is null || entry.Time >= since).TakeLast(last)]);
        }
    }
}
