namespace Parley.Core.Delivery;

/// <summary>
/// Counters of the traffic of the sessions that share them, which are those of one protocol. Each thread counts in a stripe of its own,
/// as a rule, so that counting costs a few nanoseconds and no two processors wait for each other.
/// </summary>
/// <param name="monitor">Is told of one in <see cref="SampleEvery"/> messages and sends; nobody unless given.</param>
public sealed class Traffic(ITrafficMonitor? monitor = null)
{
    /// <summary>Of so many messages accepted, and sends, on one stripe the first is a sample.</summary>
    public const int SampleEvery = 64;

    private const int Stripes = 16;

    /// <summary>Cells of eight bytes from one stripe to the next: processors fetch cache lines of 64 bytes in pairs.</summary>
    private const int StripeCells = 16;

    private readonly long[] _cells = new long[(Stripes + 1) * StripeCells];

    /// <summary>Messages that were accepted from these sessions.</summary>
    public long MessagesIn => Sum(Cell.MessagesIn);

    /// <summary>Messages and events that were given to these sessions, each once a session.</summary>
    public long MessagesOut => Sum(Cell.MessagesOut);

    /// <summary>Bytes that were sent.</summary>
    public long BytesOut => Sum(Cell.BytesOut);

    /// <summary>Sends, of which each is a system call as a rule.</summary>
    public long Sends => Sum(Cell.Sends);

    /// <summary>Times that a session fell behind so far that its outbox was full.</summary>
    public long Overflows => Sum(Cell.Overflows);

    /// <summary>Messages and events that a full outbox had to let go.</summary>
    public long Missed => Sum(Cell.Missed);

    /// <summary>A message was accepted.</summary>
    /// <returns>What is to be told of its way; null for most.</returns>
    internal DeliverySample? Accepted()
    {
        var count = Add(Cell.MessagesIn, 1);
        return monitor?.Accepted(count % SampleEvery == 1);
    }

    internal void Given(long messages) => Add(Cell.MessagesOut, messages);

    internal void Sent(int bytes)
    {
        Add(Cell.BytesOut, bytes);
        if (Add(Cell.Sends, 1) % SampleEvery == 1)
        {
            monitor?.Sent(bytes);
        }
    }

    internal void Overflowed() => Add(Cell.Overflows, 1);

    internal void LetGo(long messages) => Add(Cell.Missed, messages);

    private static int Stripe => (Environment.CurrentManagedThreadId & (Stripes - 1)) + 1;

    private long Add(int cell, long count) => Interlocked.Add(ref _cells[(Stripe * StripeCells) + cell], count);

    private long Sum(int cell)
    {
        var sum = 0L;
        for (var stripe = 1; stripe <= Stripes; stripe++)
        {
            sum += Volatile.Read(ref _cells[(stripe * StripeCells) + cell]);
        }

        return sum;
    }

    private static class Cell
    {
        public const int MessagesIn = 0;
        public const int MessagesOut = 1;
        public const int BytesOut = 2;
        public const int Sends = 3;
        public const int Overflows = 4;
        public const int Missed = 5;
    }
}
