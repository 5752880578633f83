using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>By room, the messages that the writer has not put into the table of places yet. For any thread.</summary>
/// <remarks>
/// A reader MUST take its copy before its view of the file begins: what was put in place between the two is then seen
/// twice and left out once, instead of not at all.
/// </remarks>
internal sealed class RecentMessages
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Queue<RecentMessage>> _rooms = [];

    /// <summary>Loads the messages that other processes have left to be put in place.</summary>
    public static RecentMessages Load(Database database)
    {
        var left = new List<(long, RecentMessage)>();
        using var rows = database.Prepare("SELECT room, number, time, id FROM message WHERE id > (SELECT placed FROM progress) ORDER BY id");
        while (rows.Step())
        {
            left.Add((rows.Number(0), new RecentMessage(rows.Number(1), rows.Number(2), rows.Number(3))));
        }

        var recent = new RecentMessages();
        recent.Add(left);
        return recent;
    }

    /// <summary>Number of messages that are not in place yet; for the writer's thread.</summary>
    public int Count { get; private set; }

    public void Add(IReadOnlyCollection<(long Room, RecentMessage Message)> messages)
    {
        lock (_gate)
        {
            foreach (var (room, message) in messages)
            {
                if (!_rooms.TryGetValue(room, out var queue))
                {
                    _rooms.Add(room, queue = new Queue<RecentMessage>(1));
                }

                queue.Enqueue(message);
            }

            Count += messages.Count;
        }
    }

    /// <summary>Forgets a room's messages up to an id: they are in place.</summary>
    public void RemoveUpTo(long room, long id)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(room, out var queue))
            {
                return;
            }

            while (queue.TryPeek(out var message) && message.Id <= id)
            {
                queue.Dequeue();
                Count--;
            }

            if (queue.Count == 0)
            {
                _rooms.Remove(room);
            }
        }
    }

    /// <summary>A room's, in order.</summary>
    public RecentMessage[] Of(long room)
    {
        lock (_gate)
        {
            return _rooms.TryGetValue(room, out var queue) ? [.. queue] : [];
        }
    }
}
