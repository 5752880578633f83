using System.Runtime.InteropServices;

namespace Parley.Cli.Serve;

/// <summary>The memory of this process, as the runtime tells of it.</summary>
internal sealed class RuntimeMemory : IProcessMemory
{
    // Musl and other systems have no such thing.
    private bool _hasMallocTrim = OperatingSystem.IsLinux();

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

    public void TrimNative()
    {
        // The finalizer's thread frees what the compiler has not used for some seconds, whenever it wakes up.
        GC.WaitForPendingFinalizers();
        if (!_hasMallocTrim)
        {
            return;
        }

        try
        {
            _ = TrimMalloc(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            _hasMallocTrim = false;
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimMalloc(nint pad);
}
