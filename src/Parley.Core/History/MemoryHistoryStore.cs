using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Search;

namespace Parley.Core.History;

/// <summary>History that ends with the process, and within bounds: the oldest messages make place for new ones.</summary>
public sealed class MemoryHistoryStore : IHistoryStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RoomName, MemoryRoom> _rooms = [];
    private readonly Queue<(MemoryRoom Room, long Number)> _order = new();
    private readonly int _maxMessagesPerRoom;
    private readonly int _maxMessages;
    private DateTimeOffset? _tidiedUntil;

    /// <summary>Begins empty.</summary>
    /// <param name="maxMessagesPerRoom">No more are kept of one room, and as many direct messages.</param>
    /// <param name="maxMessages">No more are kept in all.</param>
    public MemoryHistoryStore(int maxMessagesPerRoom = 1_000, int maxMessages = 100_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMessagesPerRoom);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMessages);
        _maxMessagesPerRoom = maxMessagesPerRoom;
        _maxMessages = maxMessages;
    }

    /// <inheritdoc/>
    public string Location => "memory";

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<HistoryEntry> batch)
    {
        lock (_gate)
        {
            CheckNumbers(batch);
            foreach (ref readonly var entry in batch)
            {
                var room = _rooms[entry.Room];
                if (entry.Kind == MessageKind.Redacted)
                {
                    room.Redact(entry);
                    continue;
                }

                room.Add(entry);
                if (EventEntry.TryReadRenaming(entry, out _, out var newName))
                {
                    Move(room, entry.Room, newName);
                }

                room.KeepNewest(_maxMessagesPerRoom);
                _order.Enqueue((room, entry.Number));
                if (_order.Count > _maxMessages)
                {
                    var (oldest, number) = _order.Dequeue();
                    oldest.RemoveUpTo(number);
                }
            }
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset? TidiedUntil
    {
        get
        {
            lock (_gate)
            {
                return _tidiedUntil ?? _rooms.Values.Max(room => room.LastTime);
            }
        }
    }

    /// <inheritdoc/>
    public bool Tidy(Retention retention, DateTimeOffset now)
    {
        lock (_gate)
        {
            _tidiedUntil = now;
            foreach (var room in _rooms.Values)
            {
                if (retention.MaxMessagesPerRoom > 0)
                {
                    room.KeepNewest(retention.MaxMessagesPerRoom);
                }

                if (retention.MaxAge > TimeSpan.Zero)
                {
                    room.RemoveBefore(retention.KeptSince(now));
                }
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_rooms.TryGetValue(room, out var found) ? found.LastNumber : 0);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FormerName>> FormerNamesAsync(RoomName room, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_rooms.TryGetValue(room, out var found) ? found.FormerNames() : []);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomName>> LaterNamesAsync(RoomName formerName, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new([.. from room in _rooms
                where room.Value.FormerNames().Exists(name => name.Name == formerName && name.Until >= since)
                select room.Key]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> LastTimeAsync(RoomName room, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_rooms.TryGetValue(room, out var found) ? found.LastTime : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_rooms.TryGetValue(query.Room, out var room) ? room.Read(query, static _ => true) : []);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectAsync(
        DirectReader reader, Correspondent other, HistoryQuery query, CancellationToken cancellationToken = default)
    {
        bool IsMeant(HistoryEntry entry) => reader.IsBetween(entry, other);

        lock (_gate)
        {
            return new(_rooms.TryGetValue(default, out var room) ? room.Read(query, IsMeant) : []);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Conversation>> ListConversationsAsync(
        DirectReader reader, HistoryQuery query, CancellationToken cancellationToken = default)
    {
        IEnumerable<HistoryEntry> own;
        lock (_gate)
        {
            own = _rooms.TryGetValue(default, out var room)
                ? room.Read(new(default) { Limit = int.MaxValue }, entry => reader.MayRead(entry))
                : [];
        }

        return new(query.Choose(Conversation.Latest(reader, own), conversation => conversation.LastTime));
    }

    /// <inheritdoc/>
    public async ValueTask<SearchPage> SearchAsync(HistorySearch search, CancellationToken cancellationToken = default)
    {
        var words = SearchWords.Parse(search.Words);
        if (search.Room.IsEmpty || (words.Words.Count == 0 && search.Author.IsEmpty))
        {
            return SearchPage.Empty;
        }

        List<HistoryEntry> all = [];
        var query = new HistoryQuery(search.Room)
        {
            After = search.After,
            Before = search.Before,
            Since = search.Since,
            Until = search.Until,
            Author = search.Author,
            Life = search.Life,
            Limit = int.MaxValue,
        };
        lock (_gate)
        {
            if (_rooms.TryGetValue(search.Room, out var room))
            {
                all = room.Read(query, static _ => true);
            }
        }

        // Reading every word takes its time, which is not the caller's.
        return await Task.Run(
            () =>
            {
                var ordered = search.Oldest ? all : Enumerable.Reverse(all);
                return new SearchPage([.. ordered.Where(entry => words.AreIn(entry.Text.Span)).Take(Math.Max(0, search.Limit))]);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Move(MemoryRoom renamed, RoomName oldName, RoomName newName)
    {
        renamed.NotBelow(_rooms.TryGetValue(newName, out var aside) ? aside.LastNumber : 0);
        _rooms[newName] = renamed;
        _rooms[oldName] = new MemoryRoom();
        _rooms[oldName].NotBelow(renamed.LastNumber);
    }

    private void CheckNumbers(ReadOnlySpan<HistoryEntry> batch)
    {
        var last = new Dictionary<RoomName, long>();
        foreach (ref readonly var entry in batch)
        {
            var number = LastNumber(entry.Room, last);
            if (entry.Kind == MessageKind.Redacted)
            {
                last[entry.Room] = number;
                continue;
            }

            if (entry.Number <= number)
            {
                throw new ArgumentException($"Number {entry.Number} in '{entry.Room}' does not follow on {number}.", nameof(batch));
            }

            last[entry.Room] = entry.Number;
            if (EventEntry.TryReadRenaming(entry, out _, out var newName))
            {
                last[newName] = Math.Max(entry.Number, LastNumber(newName, last));
            }
        }

        foreach (var name in last.Keys)
        {
            _rooms.TryAdd(name, new MemoryRoom());
        }
    }

    private long LastNumber(RoomName room, Dictionary<RoomName, long> ahead)
        => ahead.TryGetValue(room, out var number) ? number : _rooms.TryGetValue(room, out var found) ? found.LastNumber : 0;
}
