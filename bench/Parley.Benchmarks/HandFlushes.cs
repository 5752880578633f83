using System.IO.Pipelines;

namespace Parley.Benchmarks;

/// <summary>Rooms are flushed when the benchmark says so, on its own thread, as on a socket loop.</summary>
internal sealed class HandFlushes : PipeScheduler
{
    private readonly Queue<(Action<object?> Action, object? State)> _due = new();

    public override void Schedule(Action<object?> action, object? state) => _due.Enqueue((action, state));

    public void Run()
    {
        while (_due.TryDequeue(out var next))
        {
            next.Action(next.State);
        }
    }
}
