namespace Parley.Cli.Load;

/// <summary>Check of one receiver's messages from the senders in its room; only the receiver updates it, any thread may read the counts.</summary>
/// <param name="senders">How many of the load talk in the room.</param>
internal sealed class DeliveryCheck(int senders)
{
    private readonly SequenceCheck[] _sequences = new SequenceCheck[senders];
    private long _received;
    private long _reordered;
    private long _duplicated;
    private long _foreign;
    private long _toldDropped;
    private ulong _order;

    /// <summary>Messages of the load, each counted once.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Messages that came after one that the same sender sent later.</summary>
    public long Reordered => Volatile.Read(ref _reordered);

    /// <summary>Messages that came again.</summary>
    public long Duplicated => Volatile.Read(ref _duplicated);

    /// <summary>Messages of others who are in the room, or that are not as they were sent.</summary>
    public long Foreign => Volatile.Read(ref _foreign);

    /// <summary>Messages that the server said it left out.</summary>
    public long ToldDropped => Volatile.Read(ref _toldDropped);

    /// <summary>The same for all who have seen the same messages in the same order, and for hardly anybody else.</summary>
    public ulong Order => Volatile.Read(ref _order);

    /// <summary>The number that comes next from a sender if nothing goes wrong.</summary>
    public long NextOf(int sender) => _sequences[sender].Next;

    /// <summary>True if a later message of the sender came, but not this one.</summary>
    public bool IsMissing(int sender, long number) => _sequences[sender].IsMissing(number);

    /// <summary>Takes note of a message of the load.</summary>
    public void See(int sender, long number)
    {
        // FNV-1a over whole messages instead of bytes.
        Volatile.Write(ref _order, unchecked((_order ^ ((ulong)sender << 48) ^ (ulong)number) * 0x100000001B3));
        Sighting sighting = _sequences[sender].See(number);
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

    public void SeeForeign() => Add(ref _foreign, 1);

    public void SeeDropped(long messages) => Add(ref _toldDropped, messages);

    /// <summary>Returns the number of messages that have not arrived.</summary>
    /// <param name="sentBy">How many a sender has sent; null to count those only after which a later one came.</param>
    public long Missing(Func<int, long>? sentBy)
    {
        long missing = 0;
        for (int sender = 0; sender < _sequences.Length; sender++)
        {
            long next = _sequences[sender].Next;
            missing += _sequences[sender].Missing + ((sentBy?.Invoke(sender) ?? next) - next);
        }

        return missing;
    }

    /// <summary>Counts the receivers in one room that saw its messages in another order than most; each MUST have received all of them, once.</summary>
    public static int CountOfAnotherOrder(IEnumerable<DeliveryCheck> receivers)
    {
        int[] agreeing = [.. receivers.CountBy(receiver => receiver.Order).Select(order => order.Value)];
        return agreeing.Length == 0 ? 0 : agreeing.Sum() - agreeing.Max();
    }

    // One writer: no atomic addition needed, only one that others see.
    private static void Add(ref long counter, long value) => Volatile.Write(ref counter, counter + value);
}
