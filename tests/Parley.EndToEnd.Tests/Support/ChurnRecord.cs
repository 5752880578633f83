using System.Collections.Concurrent;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>
/// What all users of a churn have heard, put together. Whoever is in a room for a while hears an unbroken piece of the
/// room's one sequence of messages: so if two hear the same message, they hear the same one after it, and before it.
/// </summary>
/// <remarks>All members are thread-safe.</remarks>
internal sealed class ChurnRecord
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<long, string> _roomOf = new();
    private readonly ConcurrentDictionary<long, long> _next = new();
    private readonly ConcurrentDictionary<long, long> _previous = new();
    private long _connections;
    private long _heard;
    private long _renames;
    private long _joins;
    private long _userLists;

    public IEnumerable<string> NamesUsed => _names.Keys;

    public long Connections => _connections;

    public long Messages => _roomOf.Count;

    public long Heard => _heard;

    public long Renames => _renames;

    public long Joins => _joins;

    public long UserLists => _userLists;

    public void Connected(string name)
    {
        Interlocked.Increment(ref _connections);
        _names.TryAdd(name, true);
    }

    public void Renamed(string name)
    {
        Interlocked.Increment(ref _renames);
        _names.TryAdd(name, true);
    }

    public void Joined() => Interlocked.Increment(ref _joins);

    /// <summary>Somebody has heard a message in a room, right after another one, or as the first of a stay.</summary>
    public void HeardMessage(string room, long? after, long message)
    {
        Interlocked.Increment(ref _heard);
        string where = _roomOf.GetOrAdd(message, room);
        Check(where == room, $"message {Show(message)} was heard in {where} and in {room}");
        if (after is { } previous)
        {
            long next = _next.GetOrAdd(previous, message);
            Check(next == message, $"after {Show(previous)} one has heard {Show(next)}, another {Show(message)}");
            long before = _previous.GetOrAdd(message, previous);
            Check(before == previous, $"before {Show(message)} one has heard {Show(before)}, another {Show(previous)}");
        }
    }

    public void HeardUsers(string line)
    {
        Interlocked.Increment(ref _userLists);
        string[] names = line["Users - ".Length..].Split(", ");
        Check(names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length, $"a name twice in '{line}'");
        Check(names.Order(StringComparer.OrdinalIgnoreCase).SequenceEqual(names), $"not in order: '{line}'");
    }

    /// <summary>With one next and one previous for each, only a circle could still be no sequence.</summary>
    public void AssertOneOrder()
    {
        int inSequences = 0;
        foreach (long first in _roomOf.Keys.Where(message => !_previous.ContainsKey(message)))
        {
            inSequences++;
            for (long message = first; _next.TryGetValue(message, out long next); message = next)
            {
                inSequences++;
            }
        }

        Check(inSequences == _roomOf.Count, $"{_roomOf.Count - inSequences} messages go round in a circle");
    }

    public static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            Assert.Fail(otherwise);
        }
    }

    private static string Show(long message) => $"{message >> 32}.{(int)message}";
}
