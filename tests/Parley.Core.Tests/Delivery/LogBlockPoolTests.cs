using Parley.Core.Delivery;
using Parley.Specification;

namespace Parley.Core.Tests.Delivery;

// Alone, as others take blocks out of the same pool.
[Collection(nameof(AllocationTests))]
public sealed class LogBlockPoolTests
{
    private const int Blocks = 100;

    [Fact]
    public void What_is_returned_is_handed_out_again()
    {
        var block = Rent();
        block.Release();

        var next = Rent();

        Assert.Same(block, next);
        next.Release();
    }

    [Fact]
    public void Free_blocks_are_let_go_of_by_a_full_collection()
    {
        var blocks = RentAndReturn();

        // The first collection has the pool told, and a later one finds the blocks; it is told on another thread.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !Array.Exists(blocks, block => block.IsAlive);
            },
            TestSession.Patience));
    }

    // In a method of its own, so that no local keeps a block alive.
    private static WeakReference[] RentAndReturn()
    {
        var blocks = new LogBlock[Blocks];
        for (var i = 0; i < Blocks; i++)
        {
            blocks[i] = Rent();
        }

        foreach (var block in blocks)
        {
            block.Release();
        }

        return Array.ConvertAll(blocks, block => new WeakReference(block));
    }

    private static LogBlock Rent() => LogBlockPool.Rent(1, default);
}
