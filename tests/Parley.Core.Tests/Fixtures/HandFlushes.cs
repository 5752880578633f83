using System.IO.Pipelines;
using Parley.Core.Broker.Sessions;

namespace Parley.Core.Tests.Fixtures;

/// <summary>Rooms are flushed when the test says so, and not before.</summary>
internal sealed class HandFlushes : PipeScheduler
{
    private readonly Lock _gate = new();
    private readonly List<(Action<object?> Action, object? State)> _due = [];

    public override void Schedule(Action<object?> action, object? state)
    {
        lock (_gate)
        {
            _due.Add((action, state));
        }
    }

    /// <summary>Flushes all rooms until none is due.</summary>
    public void Run() => Run(_ => true);

    /// <summary>Flushes one room and leaves the others as they are.</summary>
    public void Run(string room) => Run(state => state is RoomFeed { Name: var name } && name.Value == room);

    private void Run(Func<object?, bool> chosen)
    {
        while (true)
        {
            (Action<object?> Action, object? State) next;
            lock (_gate)
            {
                var index = _due.FindIndex(due => chosen(due.State));
                if (index < 0)
                {
                    return;
                }

                next = _due[index];
                _due.RemoveAt(index);
            }

            next.Action(next.State);
        }
    }
}
