namespace Parley.Cli.Serve;

/// <summary>The memory of this process, as the runtime tells of it.</summary>
internal sealed class RuntimeMemory : IProcessMemory
{
    public TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime;

    public long AllocatedBytes => GC.GetTotalAllocatedBytes();

    public long HeapBytes => GC.GetTotalMemory(forceFullCollection: false);

    public void Trim()
    {
        // After the first the pools let go of their buffers; the second gives back what is empty then, as only aggressive ones do.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
