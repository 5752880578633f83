using Parley.Specification;

namespace Parley.Core.Tests.Fixtures;

/// <summary>A place where a thread can be made to stand still: it stands there, with whatever locks it has, until it is let go.</summary>
internal sealed class Hold : IDisposable
{
    private readonly ManualResetEventSlim _reached = new();
    private readonly ManualResetEventSlim _released = new();

    /// <summary>Called by the thread that is to stand still.</summary>
    public void Pause()
    {
        _reached.Set();
        if (!_released.Wait(TestSession.Patience))
        {
            throw new TimeoutException("Nobody let this thread go.");
        }
    }

    public void WaitUntilReached()
        => Assert.True(_reached.Wait(TestSession.Patience, TestContext.Current.CancellationToken), "nobody came to stand here");

    public void Release() => _released.Set();

    /// <summary>Lets go; the events stay usable for a thread that has not noticed yet.</summary>
    public void Dispose() => Release();
}
