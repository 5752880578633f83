namespace Parley.Core.History;

/// <summary>Hands out the numbers of a room's messages, for as long as the process lives, however often the room is made anew.</summary>
/// <param name="last">The last number that the store has given.</param>
internal sealed class RoomNumbers(long last)
{
    private long _last = last;

    /// <summary>The number given last. Changed by the recorder's thread only.</summary>
    public long Last
    {
        get => Volatile.Read(ref _last);
        set => Volatile.Write(ref _last, value);
    }
}
