using Parley.TestKit;

namespace Parley.Server.Tests.Support;

/// <summary>A loop's thread that stands still until it is let go.</summary>
internal sealed class LoopHold : IDisposable
{
    // Never disposed of: the thread may be about to look at it when it is let go.
    private readonly ManualResetEventSlim _release = new();

    /// <summary>Stands still. Called by the loop's thread.</summary>
    public void Pause() => _release.Wait(Safety.Timeout);

    /// <summary>Lets it go on.</summary>
    public void Set() => _release.Set();

    public void Dispose() => Set();
}
