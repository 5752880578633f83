using System.Runtime.InteropServices;

namespace Parley.Cli.Terminal;

/// <summary>Notices that the reader of standard output has gone before there is anything to write to it.</summary>
/// <remarks>
/// A write finds out as well, but in a quiet room the next one may be hours away, and <c>parley chat | head -1</c> would
/// stay for as long.
/// </remarks>
internal static partial class ClosedPipeWatcher
{
    // poll(2) reports these whether they are asked for or not.
    private const short PollError = 0x008;
    private const short PollHangUp = 0x010;

    /// <summary>Calls <paramref name="closed"/> once the other end of <paramref name="descriptor"/> is closed, if it is a pipe.</summary>
    public static void Start(int descriptor, Action closed)
    {
        if (!OperatingSystem.IsWindows())
        {
            new Thread(() => Watch(descriptor, closed)) { IsBackground = true, Name = "closed pipe watcher" }.Start();
        }
    }

    private static void Watch(int descriptor, Action closed)
    {
        var watched = new PollDescriptor { Descriptor = descriptor };
        int ready;
        do
        {
            ready = Poll(ref watched, 1, -1);
        }
        while (ready < 0 && Marshal.GetLastPInvokeError() == 4 /* EINTR */);

        if (ready > 0 && (watched.Returned & (PollError | PollHangUp)) != 0)
        {
            closed();
        }
    }

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollDescriptor descriptors, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Requested;
        public short Returned;
    }
}
