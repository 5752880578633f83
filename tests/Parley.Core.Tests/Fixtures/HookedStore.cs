using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Tests.Fixtures;

/// <summary>A store that lets a test in before each batch and each read: to hold it, to fail it, or to look at it.</summary>
internal sealed class HookedStore : IHistoryStore, ISharedHistory
{
    private readonly Lock _gate = new();
    private readonly List<HistoryEntry> _entries = [];
    private readonly List<long> _lookedBackTo = [];

    /// <summary>Called with the texts of a batch before it is kept.</summary>
    public Action<string[]>? OnAppend { get; set; }

    /// <summary>Called when a batch was kept, before the store says so.</summary>
    public Action? OnAppended { get; set; }

    /// <summary>Called before a room's last number is looked up.</summary>
    public Action? OnNumber { get; set; }

    /// <summary>Called before messages are looked up by where they came from.</summary>
    public Func<PostOrigin, Task>? OnOrigins { get; set; }

    public Func<Task>? OnRead { get; set; }

    /// <summary>Called when a page was read, before it is given.</summary>
    public Func<Task>? OnFound { get; set; }

    public string Location => "a test";

    public DateTimeOffset? TidiedUntil { get; init; }

    /// <summary>What was kept, in the order of keeping, under the names that the rooms have now.</summary>
    public HistoryEntry[] Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public IEnumerable<string> Texts => Entries.Select(TextOf);

    public static string TextOf(HistoryEntry entry) => System.Text.Encoding.UTF8.GetString(entry.Text.Span);

    public async ValueTask<IReadOnlyList<HistoryEntry>> FindOriginsAsync(IReadOnlyCollection<PostOrigin> origins, CancellationToken cancellationToken = default)
    {
        await (OnOrigins?.Invoke(origins.First()) ?? Task.CompletedTask);
        return [.. Entries.Where(entry => origins.Contains(entry.PostOrigin))];
    }

    /// <summary>Called before direct messages are looked up by their numbers.</summary>
    public Func<Task>? OnDirects { get; set; }

    /// <summary>Numbers above which direct messages were looked up.</summary>
    public long[] LookedBackTo
    {
        get
        {
            lock (_gate)
            {
                return [.. _lookedBackTo];
            }
        }
    }

    /// <summary>Completes when the next batch was kept.</summary>
    public Task WhenKept()
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        OnAppended = () => kept.TrySetResult();
        return kept.Task;
    }

    public async ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectsAsync(long after, int limit, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _lookedBackTo.Add(after);
        }

        await (OnDirects?.Invoke() ?? Task.CompletedTask);
        return [.. Entries.Where(entry => entry.Room.IsEmpty && entry.Number > after && entry.Kind.WasSent()).OrderBy(entry => entry.Number).Take(limit)];
    }

    public void Append(ReadOnlySpan<HistoryEntry> batch)
    {
        OnAppend?.Invoke([.. batch.ToArray().Select(TextOf)]);
        lock (_gate)
        {
            foreach (var entry in batch)
            {
                Keep(entry);
            }
        }

        OnAppended?.Invoke();
    }

    public bool Tidy(Retention retention, DateTimeOffset now) => false;

    public async ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        OnNumber?.Invoke();
        return Entries.Where(entry => entry.Room == room).Select(entry => entry.Number).DefaultIfEmpty().Max();
    }

    public ValueTask<DateTimeOffset?> LastTimeAsync(RoomName room, CancellationToken cancellationToken = default)
        => new(Entries.LastOrDefault(entry => entry.Room == room) is { Number: > 0 } last ? last.Time : null);

    public ValueTask<IReadOnlyList<FormerName>> FormerNamesAsync(RoomName room, CancellationToken cancellationToken = default)
        => new([.. Entries.Where(entry => entry.Room == room)
            .Select(entry => EventEntry.TryReadRenaming(entry, out var oldName, out _) ? new FormerName(oldName, entry.Number, entry.Time) : default)
            .Where(name => !name.Name.IsEmpty)]);

    public ValueTask<IReadOnlyList<RoomName>> LaterNamesAsync(RoomName formerName, DateTimeOffset since, CancellationToken cancellationToken = default)
        => new([.. Entries.Where(entry => entry.Time >= since && EventEntry.TryReadRenaming(entry, out var oldName, out _) && oldName == formerName)
            .Select(entry => entry.Room).Distinct()]);

    public async ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default)
    {
        await (OnRead?.Invoke() ?? Task.Run(() => { }, cancellationToken));
        var found = Entries.Where(entry => entry.Room == query.Room && entry.Number > query.After && entry.Number < query.Before && !(entry.Time < query.Since) && !(entry.Time >= query.Until)
            && (query.IncludesEvents || entry.Kind.HasWords()));
        HistoryEntry[] page = query.Oldest ? [.. found.Take(query.Limit)] : [.. found.TakeLast(query.Limit)];
        await (OnFound?.Invoke() ?? Task.CompletedTask);
        return page;
    }

    public ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectAsync(
        DirectReader reader, Correspondent other, HistoryQuery query, CancellationToken cancellationToken = default)
        => new([.. Entries.Where(entry => entry.Room.IsEmpty && entry.Number > query.After && entry.Number < query.Before && reader.MayRead(entry))]);

    public ValueTask<IReadOnlyList<Conversation>> ListConversationsAsync(
        DirectReader reader, HistoryQuery query, CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    /// <summary>Called for each search, which finds nothing.</summary>
    public Func<Task>? OnSearch { get; set; }

    public async ValueTask<SearchPage> SearchAsync(HistorySearch search, CancellationToken cancellationToken = default)
    {
        await (OnSearch ?? throw new NotSupportedException())();
        return SearchPage.Empty;
    }

    public ValueTask DisposeAsync() => default;

    private void Keep(HistoryEntry entry)
    {
        if (EventEntry.TryReadRenaming(entry, out _, out var newName))
        {
            for (var i = 0; i < _entries.Count; i++)
            {
                _entries[i] = _entries[i].Room == entry.Room ? _entries[i] with { Room = newName } : _entries[i];
            }

            _entries.Add(entry with { Room = newName });
        }
        else if (entry.Kind != MessageKind.Redacted)
        {
            _entries.Add(entry);
        }
        else if (_entries.FindIndex(kept => kept.Room == entry.Room && kept.Number == entry.Number) is >= 0 and var index)
        {
            _entries[index] = entry;
        }
    }
}
