using System.Diagnostics;
using System.Diagnostics.Metrics;
using Parley.Core.Delivery;

namespace Parley.Server.Metrics;

/// <summary>Takes the times of one message on its way, for the latency histogram and, if it is traced, its trace.</summary>
internal sealed class MessageSample(Histogram<double> latency, KeyValuePair<string, object?> protocol, MessageTraces? traces) : DeliverySample
{
    // The monotonic clock: also with a clock that a test moves by hand, how long something takes is real.
    private readonly long _accepted = Stopwatch.GetTimestamp();
    private long _kept;
    private long _published;

    public override void Kept() => _kept = Stopwatch.GetTimestamp();

    public override void Published() => _published = Stopwatch.GetTimestamp();

    public override void Flushed()
    {
        var flushed = Stopwatch.GetTimestamp();
        latency.Record(Stopwatch.GetElapsedTime(_accepted, flushed).TotalSeconds, protocol);
        traces?.Write(protocol, _accepted, _kept, _published, flushed);
    }
}
