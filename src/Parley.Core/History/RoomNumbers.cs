using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Hands out the numbers of a room's messages, for as long as the process lives, however often the room is made anew.</summary>
/// <param name="room">The name that they are kept under; empty for direct messages.</param>
/// <param name="last">The last number that the store has given.</param>
internal sealed class RoomNumbers(RoomName room, long last)
{
    private long _last = last;

    public RoomName Room { get; } = room;

    /// <summary>The last number that was given before this process began.</summary>
    public long Earlier { get; } = last;

    /// <summary>The number given last.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>How much of what happens in the room is kept. The recorder's thread's own.</summary>
    public EventBudget Events { get; } = new();

    public long Next() => Interlocked.Increment(ref _last);

    /// <summary>The next number is above this one.</summary>
    public void NotBelow(long number)
    {
        for (var last = Last; last < number;)
        {
            var found = Interlocked.CompareExchange(ref _last, number, last);
            last = found == last ? number : found;
        }
    }
}
