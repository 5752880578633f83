namespace Parley.Core.Delivery;

/// <summary>Is told how far one message has come, out of the many that nobody follows.</summary>
/// <remarks>Called on the threads that do the work, each method once and in this order: MUST NOT block or throw.</remarks>
public abstract class DeliverySample
{
    /// <summary>The sample that came to the same room before this one, and was not flushed then. Guarded by the room's gate.</summary>
    internal DeliverySample? Next { get; set; }

    /// <summary>History has it. Not called without history.</summary>
    public abstract void Kept();

    /// <summary>It is in its room; or, a direct one, in the outboxes of its recipients.</summary>
    public abstract void Published();

    /// <summary>It was written to its readers' sockets, or waits in the outboxes of those that do not read. Not called for a direct message that reaches nobody.</summary>
    public abstract void Flushed();

    /// <summary>Tells all that came to a room since its last flush.</summary>
    internal static void AllFlushed(DeliverySample? last)
    {
        for (var sample = last; sample is not null; sample = sample.Next)
        {
            sample.Flushed();
        }
    }
}
