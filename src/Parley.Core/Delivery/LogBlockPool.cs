namespace Parley.Core.Delivery;

/// <summary>The free blocks of all room logs, the one returned last handed out first while its bytes are still in the cache.</summary>
/// <remarks>Rented and returned once a batch, not once a message, and mostly by different threads: one short lock does.</remarks>
internal static class LogBlockPool
{
    /// <summary>Bytes in a block: a batch of some hundred chat lines, tags of IRC included.</summary>
    public const int BlockBytes = 16 * 1024;

    /// <summary>Free blocks that are kept, until the next full collection: 16 MiB.</summary>
    private const int MaxFree = 1024;

    // Lock tier 4: taken last, nothing is taken inside.
    private static readonly Lock Gate = new();
    private static readonly Stack<LogBlock> Free = new();

    static LogBlockPool() => FullCollection.OnEach(LetGo);

    /// <summary>A block with room for at least <paramref name="minBytes"/>, holding one reference: the caller's.</summary>
    public static LogBlock Rent(int minBytes, in LogPlace start)
    {
        LogBlock? block = null;
        if (minBytes <= BlockBytes)
        {
            lock (Gate)
            {
                Free.TryPop(out block);
            }
        }

        block ??= new LogBlock(GC.AllocateUninitializedArray<byte>(Math.Max(minBytes, BlockBytes)));
        block.Begin(start);
        return block;
    }

    public static void Return(LogBlock block)
    {
        if (block.Bytes.Length != BlockBytes)
        {
            return;
        }

        lock (Gate)
        {
            if (Free.Count < MaxFree)
            {
                Free.Push(block);
            }
        }
    }

    private static void LetGo()
    {
        lock (Gate)
        {
            Free.Clear();
        }
    }
}
