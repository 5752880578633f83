using System.IO.Pipelines;

namespace Parley.Core.Delivery;

/// <summary>
/// Something that is flushed soon after it has changed: at once when there is little to do, once for many changes when
/// there is much. No timers: batches form while the flush waits its turn.
/// </summary>
internal abstract class CoalescedFlush(PipeScheduler scheduler)
{
    private static readonly Action<object?> RunAction = static flush => ((CoalescedFlush)flush!).Run();

    private static readonly Action<object?> RunWaitingAction = static flush => ((CoalescedFlush)flush!).RunWaiting();

    private readonly PipeScheduler? _idle = (scheduler as IFlushScheduler)?.WhenIdle;
    private int _state = State.Clean;
    private int _isWaiting;

    /// <summary>Moves on whatever has changed so far. Runs on the scheduler, one call at a time.</summary>
    public abstract void Flush();

    /// <summary>Something has changed. MUST be called after the change, so that the flush sees it.</summary>
    protected void MarkDirty()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state is State.Queued or State.RunningAgain)
            {
                return;
            }

            var next = state == State.Clean ? State.Queued : State.RunningAgain;
            if (Interlocked.CompareExchange(ref _state, next, state) == state)
            {
                if (next == State.Queued)
                {
                    scheduler.Schedule(RunAction, this);
                }

                return;
            }
        }
    }

    /// <summary>Something has changed that may wait until nothing else is to be done: what comes until then is flushed with it. As above otherwise.</summary>
    protected void MarkDirtyWhenIdle()
    {
        if (_idle is null)
        {
            MarkDirty();
        }
        else if (Volatile.Read(ref _state) is not (State.Queued or State.RunningAgain) && Interlocked.Exchange(ref _isWaiting, 1) == 0)
        {
            _idle.Schedule(RunWaitingAction, this);
        }
    }

    private void RunWaiting()
    {
        // Ahead of the flush: what changes from here on waits anew.
        Interlocked.Exchange(ref _isWaiting, 0);
        if (Interlocked.CompareExchange(ref _state, State.Queued, State.Clean) == State.Clean)
        {
            Run();
        }
        else
        {
            MarkDirty();
        }
    }

    private void Run()
    {
        Interlocked.Exchange(ref _state, State.Running);
        try
        {
            Flush();
        }
        finally
        {
            // Also when it fails: what comes next is flushed again.
            if (Interlocked.CompareExchange(ref _state, State.Clean, State.Running) != State.Running)
            {
                // Back to the end of the line, however hot this one is: the others come first.
                Volatile.Write(ref _state, State.Queued);
                scheduler.Schedule(RunAction, this);
            }
        }
    }

    private static class State
    {
        public const int Clean = 0;
        public const int Queued = 1;
        public const int Running = 2;
        public const int RunningAgain = 3;
    }
}
