using Parley.Specification;

namespace Parley.Core.Tests.Fixtures;

/// <summary>Work on a thread of its own, so that it may stand at a lock without starving the pool.</summary>
internal sealed class Background<T>
{
    private readonly Thread _thread;
    private T? _result;
    private Exception? _error;

    public Background(Func<T> work)
    {
        _thread = new Thread(() =>
        {
            try
            {
                _result = work();
            }
            catch (Exception e)
            {
                _error = e;
            }
        })
        {
            IsBackground = true,
        };
        _thread.Start();
    }

    /// <summary>Waits until the thread stands at a lock, or in a <see cref="Hold"/>.</summary>
    public Background<T> WaitUntilBlocked()
    {
        Assert.True(
            SpinWait.SpinUntil(() => IsIn(ThreadState.WaitSleepJoin) || IsIn(ThreadState.Stopped), TestSession.Patience),
            "the thread never came to a lock");
        Assert.True(_thread.IsAlive, "the thread was to wait, but it is done");
        return this;
    }

    /// <summary>Waits for the end of the work.</summary>
    public T Result()
    {
        Assert.True(_thread.Join(TestSession.Patience), "the thread does not come to an end");
        return _error is null ? _result! : throw new InvalidOperationException("The work failed.", _error);
    }

    private bool IsIn(ThreadState state) => _thread.ThreadState.HasFlag(state);
}
