namespace Parley.Core.Delivery;

/// <summary>Frames in an outbox that are no lines.</summary>
public static class OutboxFrames
{
    /// <summary>Queues a frame of the transport's own, such as the answer to a ping, behind what waits. Have the outbox send afterwards.</summary>
    /// <param name="outbox">The outbox.</param>
    /// <param name="frame">The frame as it is sent. The outbox keeps it; MUST NOT be changed afterwards.</param>
    public static void AppendFrame(this Outbox outbox, byte[] frame)
    {
        lock (outbox.Gate)
        {
            outbox.Append(OutboxSegment.Private(frame, messages: 0));
        }
    }
}
