using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Parley.Cli.Bench;

/// <summary>Tells the senders of an open loop when it is their turn.</summary>
/// <remarks>
/// A thread of its own that sleeps with nanosleep(2), some 50 us too long. Timers of .NET count in milliseconds and are one or
/// two late, which would be most of what is measured on a server that is not busy.
/// </remarks>
internal sealed class PacingThread
{
    // How soon it notices that it is to stop.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(50);

    private readonly Pacer _pacer;
    private readonly TimeSpan _end;
    private readonly Channel<TimeSpan>[] _turns;

    /// <param name="pacer">The schedule of all senders.</param>
    /// <param name="end">From when on nothing is due any more.</param>
    /// <param name="senders">How many take turns.</param>
    public PacingThread(Pacer pacer, TimeSpan end, int senders)
    {
        _pacer = pacer;
        _end = end;
        _turns = [.. Enumerable.Range(0, senders).Select(_ => Channel.CreateUnbounded<TimeSpan>(
            new UnboundedChannelOptions { SingleReader = true, SingleWriter = true }))];
    }

    /// <summary>The turns of one sender: when each was due. It ends when the schedule does, or when the thread is told to stop.</summary>
    public ChannelReader<TimeSpan> TurnsOf(int sender) => _turns[sender].Reader;

    /// <summary>Starts giving turns.</summary>
    public void Start(RunClock clock, CancellationToken stop) =>
        new Thread(() => Run(clock, stop)) { IsBackground = true, Name = "pacing" }.Start();

    private void Run(RunClock clock, CancellationToken stop)
    {
        for (long number = 0; _pacer.TimeOf(number) is var due && due < _end; number++)
        {
            for (TimeSpan wait = due - clock.Elapsed; wait > TimeSpan.Zero && !stop.IsCancellationRequested; wait = due - clock.Elapsed)
            {
                Sleep(wait < LongestSleep ? wait : LongestSleep, stop);
            }

            if (stop.IsCancellationRequested)
            {
                break;
            }

            _turns[number % _turns.Length].Writer.TryWrite(due);
        }

        Array.ForEach(_turns, turns => turns.Writer.Complete());
    }

    private static void Sleep(TimeSpan time, CancellationToken stop)
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
        {
            var request = new Timespec(Seconds: 0, Nanoseconds: (long)time.TotalNanoseconds);
            // Woken early by a signal, it is called again for the rest.
            _ = NanoSleep(in request, remaining: 0);
        }
        else
        {
#pragma warning disable RS0030 // The thread is for pacing alone.
            stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds)));
#pragma warning restore RS0030
        }
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NanoSleep(in Timespec request, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Timespec(long Seconds, long Nanoseconds);
}
