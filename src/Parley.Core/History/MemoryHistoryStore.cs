using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Ports;

namespace Parley.Core.History;

/// <summary>History that ends with the process, and within bounds: the oldest messages make place for new ones.</summary>
public sealed class MemoryHistoryStore : IHistoryStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RoomName, MemoryRoom> _rooms = [];
    private readonly Queue<(MemoryRoom Room, long Number)> _order = new();
    private readonly int _maxMessagesPerRoom;
    private readonly int _maxMessages;

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
    public bool Tidy(Retention retention, DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var room in _rooms.Values)
            {
                if (retention.MaxMessagesPerRoom > 0)
                {
                    room.KeepNewest(retention.MaxMessagesPerRoom);
                }

                if (retention.MaxAge > TimeSpan.Zero)
                {
                    room.RemoveBefore(now - retention.MaxAge);
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
    public ValueTask<DateTimeOffset?> LastTimeAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_rooms.Values.Max(room => room.LastTime));
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
        DirectReader reader, UserName other, HistoryQuery query, CancellationToken cancellationToken = default)
    {
        bool IsMeant(HistoryEntry entry) => OtherEnd(reader, entry) == other && reader.MayRead(entry);

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
                ? room.Read(new(default) { Limit = int.MaxValue }, entry => OtherEnd(reader, entry) is not null && reader.MayRead(entry))
                : [];
        }

        var last = own.GroupBy(entry => OtherEnd(reader, entry)!.Value)
            .Select(entries => entries.Last())
            .Select(entry => new Conversation(OtherEnd(reader, entry)!.Value, entry.Time));
        return new(query.Choose(last, conversation => conversation.LastTime));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<HistoryEntry>> SearchAsync(HistorySearch search, CancellationToken cancellationToken = default)
    {
        var words = SearchWords.Parse(search.Words);
        IReadOnlyList<HistoryEntry> all = [];
        var query = new HistoryQuery(search.Room)
        {
            Before = search.Before,
            Since = search.Since,
            Until = search.Until,
            Author = search.Author,
            Limit = int.MaxValue,
        };
        lock (_gate)
        {
            if (!search.Room.IsEmpty && _rooms.TryGetValue(search.Room, out var room))
            {
                all = room.Read(query, static _ => true);
            }
        }

        // Reading every word takes its time, which is not the caller's.
        return await Task.Run(
            () => SearchRanking.Best([.. all.Where(entry => words.Relevance(entry.Text.Span) > 0)], words, search), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>With whom the reader exchanged the message; null if that was between others.</summary>
    private static UserName? OtherEnd(DirectReader reader, in HistoryEntry entry)
        => entry.Author == reader.Name ? entry.Recipient : entry.Recipient == reader.Name ? entry.Author : null;

    private void CheckNumbers(ReadOnlySpan<HistoryEntry> batch)
    {
        var last = new Dictionary<RoomName, long>();
        foreach (ref readonly var entry in batch)
        {
            if (entry.Kind == MessageKind.Redacted)
            {
                last.TryAdd(entry.Room, _rooms.TryGetValue(entry.Room, out var redacted) ? redacted.LastNumber : 0);
                continue;
            }

            var known = last.TryGetValue(entry.Room, out var number) || (_rooms.TryGetValue(entry.Room, out var room) && (number = room.LastNumber) > 0);
            if (entry.Number <= (known ? number : 0))
            {
                throw new ArgumentException($"Number {entry.Number} in '{entry.Room}' does not follow on {number}.", nameof(batch));
            }

            last[entry.Room] = entry.Number;
        }

        foreach (var name in last.Keys)
        {
            _rooms.TryAdd(name, new MemoryRoom());
        }
    }
}
