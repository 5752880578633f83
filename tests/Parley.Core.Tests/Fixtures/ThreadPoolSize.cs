using System.Runtime.CompilerServices;

namespace Parley.Core.Tests.Fixtures;

internal static class ThreadPoolSize
{
    // Some tests make a flush, which runs on the pool, stand still for a moment. The others run beside them.
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries",
        Justification = "This is a test program.")]
    internal static void Grow() => ThreadPool.SetMinThreads(workerThreads: 32, completionPortThreads: 1);
}
