using System.Numerics;

namespace Parley.Cli.Bench;

/// <summary>Counts times by their size, so that any percentile can be told from a fixed amount of memory.</summary>
/// <remarks>
/// Buckets are log-linear: each power of two of nanoseconds has <see cref="StepsPerDoubling"/> of the same width. MUST: what
/// is told differs from what was recorded by less than 1 part in <see cref="StepsPerDoubling"/>. Any thread may record.
/// </remarks>
internal sealed class LatencyHistogram
{
    /// <summary>Number of buckets per power of two; it keeps a reported latency less than 0.8 % above the recorded one.</summary>
    public const int StepsPerDoubling = 128;

    private const int StepBits = 7;

    // From 1 ns to 2^43 ns, which is over two hours: 4736 buckets of 8 bytes.
    private const int MaxExponent = 43;
    private static readonly long MaxNanoseconds = (1L << MaxExponent) - 1;

    private readonly long[] _counts = new long[IndexOf(MaxNanoseconds) + 1];
    private long _max;

    /// <summary>Number of recorded latencies.</summary>
    public long Count => _counts.Sum();

    /// <summary>The longest, exactly.</summary>
    public TimeSpan Max => TimeSpan.FromTicks(Volatile.Read(ref _max) / TimeSpan.NanosecondsPerTick);

    /// <summary>The buckets that hold something, in ascending order: the least and the largest that falls into it, and how many did.</summary>
    public IEnumerable<LatencyBucket> Buckets
    {
        get
        {
            for (int index = 0; index < _counts.Length; index++)
            {
                long count = Volatile.Read(ref _counts[index]);
                if (count > 0)
                {
                    yield return new LatencyBucket(LeastOf(index), LeastOf(index + 1) - 1, count);
                }
            }
        }
    }

    /// <summary>Counts one time; below 0 counts as 0, over two hours as two hours.</summary>
    public void Record(TimeSpan latency)
    {
        long nanoseconds = Math.Clamp(latency.Ticks, 0, MaxNanoseconds / TimeSpan.NanosecondsPerTick) * TimeSpan.NanosecondsPerTick;
        Interlocked.Increment(ref _counts[IndexOf(nanoseconds)]);
        long max = Volatile.Read(ref _max);
        while (nanoseconds > max)
        {
            max = Interlocked.CompareExchange(ref _max, nanoseconds, max) is var seen && seen == max ? nanoseconds : seen;
        }
    }

    /// <summary>The least time that at least <paramref name="percent"/> of those recorded are not over; 0 if there are none.</summary>
    public TimeSpan Percentile(double percent)
    {
        LatencyBucket[] buckets = [.. Buckets];
        long rank = Math.Max(1, (long)Math.Ceiling(buckets.Sum(bucket => bucket.Count) * percent / 100));
        foreach (LatencyBucket bucket in buckets)
        {
            rank -= bucket.Count;
            if (rank <= 0)
            {
                // No more than the longest there was, which may be in the midst of its bucket.
                long told = Math.Min(bucket.ToNanoseconds, Volatile.Read(ref _max));
                return TimeSpan.FromTicks(told / TimeSpan.NanosecondsPerTick);
            }
        }

        return TimeSpan.Zero;
    }

    // Below 2^7 a bucket per nanosecond; from there on the highest 8 bits of a value, the first of which is always set,
    // say its bucket within the doubling.
    private static int IndexOf(long nanoseconds)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)nanoseconds | 1) - StepBits);
        return shift * StepsPerDoubling + (int)(nanoseconds >> shift);
    }

    private static long LeastOf(int index)
    {
        int shift = Math.Max(0, index / StepsPerDoubling - 1);
        return (long)(index - shift * StepsPerDoubling) << shift;
    }
}
