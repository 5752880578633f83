using System.Collections.Concurrent;
using System.Diagnostics;
using Parley.Server.Metrics;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Server.Tests.Metrics;

public sealed class MessageTracesTests
{
    private static readonly KeyValuePair<string, object?> Protocol = new("protocol", "trace-test");

    private readonly ConcurrentQueue<Activity> _ended = new();

    [Fact]
    public void A_message_is_one_span_with_one_in_it_for_each_part_of_its_way()
    {
        using var traces = new MessageTraces(new ParleyOptions { TraceSample = 1 }, new ManualTimeProvider());
        using var listener = Listen();
        using var other = new Activity("something else in hand").Start();
        Assert.True(traces.IsNext());
        traces.Write(Protocol, At(1), At(11), At(13), At(20));

        var message = Assert.Single(_ended, span => span.OperationName == "message");
        Assert.Equal(default, message.ParentSpanId);
        Assert.Equal(Protocol, Assert.Single(message.TagObjects));
        Assert.Equal(19, message.Duration.TotalMilliseconds, 1);
        var parts = _ended.Where(span => span.ParentSpanId == message.SpanId).OrderBy(span => span.StartTimeUtc).ToArray();
        Assert.Equal(["keep", "publish", "flush"], parts.Select(part => part.OperationName));
        Assert.Equal([10, 2, 7], parts.Select(part => Math.Round(part.Duration.TotalMilliseconds)));
        Assert.Same(other, Activity.Current);
    }

    [Fact]
    public void Without_history_nothing_is_kept()
    {
        using var traces = new MessageTraces(new ParleyOptions { TraceSample = 1 }, new ManualTimeProvider());
        using var listener = Listen();
        traces.Write(Protocol, At(1), 0, At(2), At(3));
        var message = Assert.Single(_ended, span => span.OperationName == "message");
        Assert.Equal(["flush", "publish"], _ended.Where(span => span.ParentSpanId == message.SpanId).Select(span => span.OperationName).Order());
    }

    [Fact]
    public void With_nobody_to_tell_or_no_share_no_message_is_traced_and_nothing_allocated()
    {
        using var unheard = new MessageTraces(new ParleyOptions { TraceSample = 1 }, TimeProvider.System);
        using var off = new MessageTraces(new ParleyOptions(), TimeProvider.System);
        unheard.IsNext();
        off.IsNext();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Assert.False(off.IsNext());
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static long At(int milliseconds) => Stopwatch.Frequency / 1000 * milliseconds;

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MessageTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                // Not what other tests trace at the same time.
                if (span.OperationName != "message" || Equals(span.GetTagItem("protocol"), Protocol.Value))
                {
                    _ended.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
