using System.Runtime.InteropServices;

namespace Parley.Server.Transport.Loop;

/// <summary>The system calls of the socket loop, as in the manual pages of section 2.</summary>
internal static unsafe partial class Libc
{
    // Error numbers of Linux, the same on every architecture that .NET runs on.
    public const int Interrupted = 4;
    public const int Again = 11;

    private const int CloseOnExec = 0x80000;
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExecFlag = 1;
    private const int DuplicateCloseOnExec = 1030;
    private const int NonBlocking = 0x800;
    private const int NoSignal = 0x4000;
    private const int DontWait = 0x40;
    private const ulong KeepPolicy = 0x08;

    /// <summary>The number of sched_setattr(2), where it is known.</summary>
    private static readonly nint? SetSchedulingAttributes = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 314,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 274,
        Architecture.Arm => 380,
        _ => null,
    };

    public static int CreateEpoll() => Checked(epoll_create1(CloseOnExec), "epoll_create1");

    public static int CreateEvent() => Checked(eventfd(0, CloseOnExec | NonBlocking), "eventfd");

    public static void AddToEpoll(int epoll, int fd, void* change) => Checked(epoll_ctl(epoll, 1, fd, change), "epoll_ctl");

    /// <summary>Waits for events; none if a signal came first.</summary>
    public static int Wait(int epoll, void* events, int max, int timeout) => Math.Max(0, epoll_wait(epoll, events, max, timeout));

    public static void Signal(int eventDescriptor)
    {
        var one = 1L;
        _ = write(eventDescriptor, &one, sizeof(long));
    }

    public static void ClearSignal(int eventDescriptor)
    {
        long count;
        _ = read(eventDescriptor, &count, sizeof(long));
    }

    /// <summary>Bytes sent, or an error number below zero.</summary>
    public static int Send(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var sent = send(fd, start, bytes.Length, NoSignal | DontWait);
            return sent >= 0 ? (int)sent : -Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Bytes received, 0 at the end of input, or an error number below zero.</summary>
    public static int Receive(int fd, Span<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var received = recv(fd, start, bytes.Length, DontWait);
            return received >= 0 ? (int)received : -Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Has the calling thread, and those that it starts, give way to others. There is no way back.</summary>
    /// <remarks>
    /// Niceness alone bounds its share where all are busy, but whoever wakes up may wait for the end of its turn, which is
    /// 4 ms on most machines. Since Linux 6.12 a thread that wakes up takes the processor at once from one that has asked for a longer slice
    /// (sched_setattr(2), <c>sched_runtime</c>), and everybody may ask for that. Earlier kernels pass the slice over.
    /// </remarks>
    /// <param name="niceness">From 0 to 19. A thread that is nicer already stays so.</param>
    /// <param name="slice">The time that it would like to work in one go, up to 100 ms: whoever asks for less goes first.</param>
    public static void GiveWay(int niceness, TimeSpan slice)
    {
        niceness = Math.Max(niceness, getpriority(which: 0, who: 0));
        _ = setpriority(which: 0, who: 0, niceness);

        // The C library has had a function for it since 2025 only. Kernels before 5.3 do not know the flag, and a sandbox may refuse the call.
        var attributes = new SchedulingAttributes
        {
            Size = (uint)sizeof(SchedulingAttributes),
            Flags = KeepPolicy,
            Niceness = niceness,
            Runtime = (ulong)slice.TotalNanoseconds,
        };
        if (SetSchedulingAttributes is { } number)
        {
            _ = syscall(number, 0, &attributes, 0);
        }
    }

    public static void Close(int fd) => _ = close(fd);

    /// <summary>Keeps a descriptor from programs that this one starts.</summary>
    public static void SetCloseOnExec(int fd) => _ = fcntl(fd, SetDescriptorFlags, CloseOnExecFlag);

    /// <summary>Another descriptor of the same file, which programs that this one starts do not get.</summary>
    public static int Duplicate(int fd) => Checked(fcntl(fd, DuplicateCloseOnExec, 0), "fcntl");

    private static int Checked(int result, string call)
        => result >= 0 ? result : throw new IOException($"{call} failed with error {Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int epoll, int operation, int fd, void* change);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(int epoll, void* events, int max, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int fd, void* bytes, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int fd, void* bytes, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint send(int fd, void* bytes, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(int fd, void* bytes, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getpriority(int which, uint who);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setpriority(int which, uint who, int priority);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint thread, void* attributes, nint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int fd, int command, int argument);

    /// <summary><c>struct sched_attr</c> of sched_setattr(2), in its first form.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct SchedulingAttributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Niceness;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
