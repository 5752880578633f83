using Parley.Core.Delivery;

namespace Parley.Core.Tests.Delivery;

public sealed class SegmentQueueTests
{
    [Fact]
    public void Segments_come_out_as_they_went_in_whatever_the_queue_has_been_through()
    {
        var queue = default(SegmentQueue);
        var model = new Queue<int>();
        var random = new Random(1);

        for (var i = 1; i <= 10_000; i++)
        {
            // Now growing, now shrinking, so that the ring wraps at every size and runs empty now and then.
            if (random.Next(100) < (i / 500 % 2 == 0 ? 70 : 30))
            {
                queue.Enqueue(Segment(i));
                model.Enqueue(i);
            }
            else
            {
                Assert.Equal(model.TryDequeue(out var expected), queue.TryDequeue(out var segment));
                Assert.Equal(expected, segment.Length);
            }

            Assert.Equal(model.Count, queue.Count);
            if (model.Count > 0)
            {
                Assert.Equal(model.Peek(), queue.First.Length);
                Assert.Equal(model.Last(), queue.Last.Length);
                Assert.Equal(model.ElementAt(model.Count / 2), queue[model.Count / 2].Length);
            }
        }
    }

    [Fact]
    public void The_last_segment_can_be_replaced_in_its_place()
    {
        var queue = default(SegmentQueue);
        queue.Enqueue(Segment(1));
        queue.Enqueue(Segment(2));

        queue.Last = Segment(3);

        Assert.True(queue.TryDequeue(out _));
        Assert.True(queue.TryDequeue(out var last));
        Assert.Equal(3, last.Length);
        Assert.False(queue.TryDequeue(out _));
    }

    // A segment that is known by its length; the bytes are never looked at.
    private static OutboxSegment Segment(int number) => OutboxSegment.Private(new byte[number], messages: 0);
}
