using Parley.Core.Delivery;

namespace Parley.Benchmarks;

/// <summary>Takes everything at no cost: what is measured is ours, not the system's.</summary>
internal sealed class TakingSink : IOutboxSink
{
    public long Bytes { get; private set; }

    public int Write(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        return bytes.Length;
    }
}
