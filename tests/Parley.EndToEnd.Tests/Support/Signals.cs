using System.Runtime.InteropServices;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>kill(2).</summary>
internal static class Signals
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    // The numbers of x86 and ARM.
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(int processId, int signal) =>
        Assert.True(SystemKill(processId, signal) == 0, $"kill -{signal} {processId} failed");

    /// <summary>Sends a signal to a process that may have ended; false if it has.</summary>
    public static bool TrySend(int processId, int signal) => SystemKill(processId, signal) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SystemKill(int processId, int signal);
}
