namespace Parley.Protocol.Tests;

/// <summary>Counts what an action allocates once everything it needs is warm.</summary>
internal static class Allocation
{
    public static void AssertNone(Action action)
    {
        // The first rounds compile, the next may run at a tier that boxes: only a round that still allocates at the end counts.
        var allocated = long.MaxValue;
        for (var round = 0; round < 20 && allocated != 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
            {
                action();
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }
}
