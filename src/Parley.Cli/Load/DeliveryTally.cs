namespace Parley.Cli.Load;

/// <summary>What one receiver got, counted by itself; anybody may read it meanwhile.</summary>
internal sealed class DeliveryTally
{
    private long _received;
    private long _reordered;
    private long _duplicated;
    private long _foreign;
    private long _toldDropped;

    /// <summary>Messages of the load, each counted once.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Messages that came after one that the same sender said later.</summary>
    public long Reordered => Volatile.Read(ref _reordered);

    /// <summary>Messages that came again.</summary>
    public long Duplicated => Volatile.Read(ref _duplicated);

    /// <summary>Messages of others who are in the room, or that are not as they were sent.</summary>
    public long Foreign => Volatile.Read(ref _foreign);

    /// <summary>Messages that the server said it left out.</summary>
    public long ToldDropped => Volatile.Read(ref _toldDropped);

    public void Count(Sighting sighting)
    {
        if (sighting == Sighting.Again)
        {
            Add(ref _duplicated, 1);
            return;
        }

        Add(ref _received, 1);
        if (sighting == Sighting.Late)
        {
            Add(ref _reordered, 1);
        }
    }

    public void CountForeign() => Add(ref _foreign, 1);

    public void CountToldDropped(long messages) => Add(ref _toldDropped, messages);

    // One writer: no atomic addition needed, only one that others see.
    private static void Add(ref long counter, long value) => Volatile.Write(ref counter, counter + value);
}
