using System.Collections.Concurrent;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Broker.History;

/// <summary>History as far as deciding needs it: where numbers and time go on, and what was said before.</summary>
internal sealed class KeptHistory(Recording recording, TimeProvider time) : IRoomPast
{
    /// <summary>A newest message that is further ahead of the clock is worth a word: clocks of two machines may differ by some seconds.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<RoomName, RoomNumbers> _numbers = new();

    public IHistoryStore Store => recording.Store;

    public RecordingOptions Options => recording.Options;

    /// <summary>Shows sessions what was said before.</summary>
    public CatchUp CatchUp => field ??= new CatchUp(this);

    ValueTask<IReadOnlyList<HistoryEntry>> IRoomPast.ReadAsync(Session session, RoomFeed room, HistoryQuery query) => ReadAsync((Room)room, query);

    /// <summary>True if messages are kept under a name that everybody may read who comes in under it.</summary>
    public async ValueTask<bool> IsReadableAsync(RoomName name, CancellationToken cancellationToken)
        => (await Store.ReadAsync(new HistoryQuery(name) { Limit = 1 }, cancellationToken)).Count > 0;

    /// <summary>Reads messages of a room, which may take another name meanwhile, with the names that it had when they were said.</summary>
    /// <param name="room">The room.</param>
    /// <param name="query">Which of them; what it says of the room's name and of lives is not looked at.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="HistoryException">The store fails.</exception>
    public ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(Room room, HistoryQuery query, CancellationToken cancellationToken = default)
        => ReadAsync(room, name => Store.ReadAsync(query with { Room = name, Life = room.Life }, cancellationToken), (names, found) => names.Mark(found), cancellationToken);

    /// <summary>Finds messages of a room likewise.</summary>
    /// <param name="room">The room.</param>
    /// <param name="search">Finds those that are meant under a name of the room.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="HistoryException">The store fails.</exception>
    public ValueTask<SearchPage> SearchAsync(Room room, Func<RoomName, ValueTask<SearchPage>> search, CancellationToken cancellationToken)
        => ReadAsync(room, search, (names, found) => found with { Entries = names.Mark(found.Entries) }, cancellationToken);

    /// <summary>Numbers what happens under a name; empty for direct messages. Null while the store cannot say where to go on.</summary>
    public ValueTask<RoomNumbers?> NumbersAsync(RoomName room, CancellationToken cancellationToken)
        => _numbers.TryGetValue(room, out var numbers) ? new(numbers) : LoadNumbersAsync(room, cancellationToken);

    private async ValueTask<RoomNumbers?> LoadNumbersAsync(RoomName room, CancellationToken cancellationToken)
    {
        try
        {
            var last = await Store.LastNumberAsync(room, cancellationToken);
            var lastTime = last == 0 ? null : await Store.LastTimeAsync(room, cancellationToken);
            var names = last == 0 || room.IsEmpty ? [] : await Store.FormerNamesAsync(room, cancellationToken);
            var loaded = new RoomNumbers(last, areKept: true, lastTime ?? default) { FormerNames = names };
            var numbers = _numbers.GetOrAdd(room, loaded);
            if (numbers == loaded && lastTime - time.GetUtcNow() is { } ahead && ahead > MaxAhead)
            {
                recording.Monitor.TimesAhead(room, ahead);
            }

            return numbers;
        }
        catch (HistoryException)
        {
            return null;
        }
    }

    /// <summary>Reads under the name that a room has, and again if it has taken another while that was read.</summary>
    private static async ValueTask<T> ReadAsync<T>(
        Room room, Func<RoomName, ValueTask<T>> read, Func<IReadOnlyList<FormerName>, T, T> mark, CancellationToken cancellationToken)
    {
        while (true)
        {
            var naming = room.Naming;
            if (naming.Pending is { IsCompleted: false } pending)
            {
                await pending.WaitAsync(cancellationToken);
                continue;
            }

            var found = await read(naming.Name);
            if (room.Naming.Count == naming.Count)
            {
                return mark(naming.FormerNames, found);
            }
        }
    }
}
