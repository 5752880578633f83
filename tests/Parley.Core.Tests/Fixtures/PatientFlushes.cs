using System.IO.Pipelines;
using Parley.Core.Delivery;

namespace Parley.Core.Tests.Fixtures;

/// <summary>What must be flushed at once, and what waits until nothing else is to be done, each when the test says so.</summary>
internal sealed class PatientFlushes : PipeScheduler, IFlushScheduler
{
    /// <summary>What waits until nothing else is to be done.</summary>
    public HandFlushes Idle { get; } = new();

    /// <summary>What is to be flushed at once.</summary>
    public HandFlushes AtOnce { get; } = new();

    PipeScheduler IFlushScheduler.WhenIdle => Idle;

    public override void Schedule(Action<object?> action, object? state) => AtOnce.Schedule(action, state);
}
