using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Parley.Core.Delivery;

namespace Parley.Server.Transport.Loop;

/// <summary>One loop a processor; connections are dealt out among them, and rooms are flushed by the loop that had them change.</summary>
internal sealed class SocketLoops : PipeScheduler, IFlushScheduler, IDisposable
{
    /// <summary>Time after which presence is flushed on a loop that is never idle: a crowd that comes in is told of in fewer pieces, and people hardly see the delay.</summary>
    public static readonly TimeSpan MaxPresenceDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Time after which messages are kept on a loop that is never idle: short, as their authors wait for it.</summary>
    private static readonly TimeSpan MaxRecordingDelay = TimeSpan.FromMilliseconds(5);

    private readonly SocketLoop[] _loops;
    private readonly ITimer _watch;
    private int _next;

    public SocketLoops(TimeProvider time, ILogger<SocketLoops> logger)
    {
        _loops = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new SocketLoop(error => Log.HandlerFailed(logger, error)))];
        WhenIdle = new IdleScheduler(this, MaxPresenceDelay);
        Recording = new IdleScheduler(this, MaxRecordingDelay);
        _watch = time.CreateTimer(_ => Relieve(), null, SocketLoop.MaxHandlerTime, SocketLoop.MaxHandlerTime / 2);
    }

    /// <summary>True if this system has what loops are made of.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <inheritdoc/>
    public PipeScheduler WhenIdle { get; }

    /// <summary>Keeps messages when the loop that had them come up has nothing else to do, or very soon.</summary>
    public PipeScheduler Recording { get; }

    /// <summary>Takes over an accepted socket.</summary>
    public LoopConnection Create(Socket socket) => new(socket, Next());

    /// <inheritdoc/>
    public override void Schedule(Action<object?> action, object? state) => (SocketLoop.Current ?? Next()).Schedule(action, state);

    public void Dispose()
    {
        _watch.Dispose();
        foreach (var loop in _loops)
        {
            loop.Dispose();
        }
    }

    private SocketLoop Next() => _loops[(uint)Interlocked.Increment(ref _next) % (uint)_loops.Length];

    private sealed class IdleScheduler(SocketLoops loops, TimeSpan longest) : PipeScheduler
    {
        public override void Schedule(Action<object?> action, object? state) => (SocketLoop.Current ?? loops.Next()).ScheduleWhenIdle(action, state, longest);
    }

    private void Relieve()
    {
        var now = Environment.TickCount64;
        foreach (var loop in _loops)
        {
            loop.Relieve(now);
        }
    }
}
