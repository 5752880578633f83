using System.Diagnostics;
using Parley.TestKit;

namespace Parley.Server.Tests.Support;

/// <summary>Waits for what nothing tells of, without keeping a thread of the pool that others need.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition, Func<string> otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Safety.Timeout, otherwise());
            await Task.Yield();
        }
    }
}
