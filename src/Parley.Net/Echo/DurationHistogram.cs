using System.Numerics;

namespace Parley.Net.Echo;

/// <summary>Counts durations in buckets whose width grows with them, so percentiles are off by no more than 1.6 %, in 30 KB.</summary>
/// <remarks>
/// 64 buckets for every doubling, in units of 100 ns, as in HdrHistogram (https://hdrhistogram.github.io/HdrHistogram/).
/// May be recorded to by many threads at once.
/// </remarks>
public sealed class DurationHistogram
{
    private const int SubBits = 6;
    private const int SubBuckets = 1 << SubBits;

    private readonly long[] _counts = new long[(64 - SubBits) * SubBuckets];
    private long _total;
    private long _maxTicks;

    /// <summary>Number of recorded durations.</summary>
    public long Count => Volatile.Read(ref _total);

    /// <summary>The longest, exactly.</summary>
    public TimeSpan Max => TimeSpan.FromTicks(Volatile.Read(ref _maxTicks));

    /// <summary>Counts a duration in; a negative one counts as zero.</summary>
    public void Record(TimeSpan duration)
    {
        long ticks = Math.Max(0, duration.Ticks);
        Interlocked.Increment(ref _counts[BucketOf(ticks)]);
        Interlocked.Increment(ref _total);
        long max;
        while ((max = Volatile.Read(ref _maxTicks)) < ticks && Interlocked.CompareExchange(ref _maxTicks, ticks, max) != max)
        {
        }
    }

    /// <summary>The duration that so many percent (0 to 100) do not exceed; zero if none has been recorded.</summary>
    public TimeSpan Percentile(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        long rank = Math.Max(1, (long)Math.Ceiling(Count * percent / 100));
        long seen = 0;
        for (int bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += Volatile.Read(ref _counts[bucket]);
            if (seen >= rank)
            {
                return TimeSpan.FromTicks(Math.Min(HighestOf(bucket), Max.Ticks));
            }
        }

        return Max;
    }

    // Below 64 ticks a bucket each; above, the leading six bits after the first one choose among the 64 of that doubling.
    private static int BucketOf(long ticks)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)ticks) - SubBits);
        return (shift * SubBuckets) + (int)(ticks >> shift);
    }

    private static long HighestOf(int bucket)
    {
        if (bucket < 2 * SubBuckets)
        {
            return bucket;
        }

        int shift = (bucket / SubBuckets) - 1;
        long low = (long)(bucket - (shift * SubBuckets)) << shift;
        return low + (1L << shift) - 1;
    }
}
