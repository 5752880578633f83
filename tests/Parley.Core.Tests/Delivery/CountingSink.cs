using Parley.Core.Delivery;

namespace Parley.Core.Tests.Delivery;

/// <summary>Counts, and keeps nothing.</summary>
internal sealed class CountingSink : IOutboxSink
{
    public long Room { get; set; } = long.MaxValue;

    public int Writes { get; private set; }

    public long Bytes { get; private set; }

    public int Write(ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(bytes.Length, Room);
        Writes++;
        Room -= taken;
        Bytes += taken;
        return taken;
    }
}
