using System.IO.Pipelines;

namespace Parley.Core.Delivery;

/// <summary>A scheduler of flushes that knows when there is nothing else to do.</summary>
public interface IFlushScheduler
{
    /// <summary>Runs what can wait when nothing else is to be done, or after a bounded time if that does not come.</summary>
    PipeScheduler WhenIdle { get; }
}
