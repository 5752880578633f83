using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Parley.Server.Transport.Loop;

/// <summary>A set of sockets to be told about, edge-triggered: each change once, so that nothing has to be asked for again.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    /// <summary>Events taken at a time; more wait in the kernel.</summary>
    private const int MaxEvents = 512;

    private const uint EdgeTriggered = 1u << 31;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int TokenOffset = EventBytes - sizeof(long);

    private readonly int _epoll = Libc.CreateEpoll();
    private readonly int _wake = Libc.CreateEvent();
    private readonly byte* _events = (byte*)NativeMemory.AllocZeroed((nuint)(MaxEvents * 16));

    public Epoll() => Add(_wake, WakeToken, (uint)SocketEvents.Readable);

    /// <summary>The token that stands for <see cref="Wake"/>.</summary>
    public static long WakeToken => 0;

    /// <summary>Adds a socket for good: closing it takes it out.</summary>
    public void Add(int socket, long token)
        => Add(socket, token, (uint)(SocketEvents.Readable | SocketEvents.Writable | SocketEvents.PeerClosed) | EdgeTriggered);

    /// <summary>Waits for events and says how many there are; read them with <see cref="Event"/>.</summary>
    public int Wait(bool block) => Libc.Wait(_epoll, _events, MaxEvents, block ? -1 : 0);

    public (long Token, SocketEvents What) Event(int index)
    {
        var entry = _events + (index * EventBytes);
        return (Unsafe.ReadUnaligned<long>(entry + TokenOffset), (SocketEvents)Unsafe.ReadUnaligned<int>(entry));
    }

    /// <summary>Ends a wait, from any thread.</summary>
    public void Wake() => Libc.Signal(_wake);

    /// <summary>The wake was seen.</summary>
    public void Woken() => Libc.ClearSignal(_wake);

    /// <summary>Closes the set. The loop's thread does so once, when nobody can wake it any more.</summary>
    public void Dispose()
    {
        Libc.Close(_epoll);
        Libc.Close(_wake);
        NativeMemory.Free(_events);
    }

    private void Add(int fd, long token, uint what)
    {
        var change = stackalloc byte[16];
        Unsafe.WriteUnaligned(change, what);
        Unsafe.WriteUnaligned(change + TokenOffset, token);
        Libc.AddToEpoll(_epoll, fd, change);
    }
}
