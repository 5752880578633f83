using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Parley.Server.Transport.Loop;

/// <summary>Descriptors over Unix sockets, as in cmsg(3) and unix(7).</summary>
internal static unsafe partial class DescriptorCalls
{
    private const int SocketLevel = 1;
    private const int Rights = 1;
    private const int PeerCredentials = 17;
    private const int NoSignal = 0x4000;
    private const int DontWait = 0x40;
    private const int CloseOnExec = 0x40000000;

    /// <summary>More descriptors are on their way than the receiver has taken: it has to take some first.</summary>
    public const int TooManyReferences = 109;

    /// <summary>Sends bytes, of which at least the first carries the descriptor, if there is one.</summary>
    /// <param name="socket">A Unix socket.</param>
    /// <param name="bytes">At least one.</param>
    /// <param name="descriptor">The descriptor, of which the receiver gets one of its own; -1 for none.</param>
    /// <returns>Bytes sent, or an error number below zero.</returns>
    public static int Send(int socket, ReadOnlySpan<byte> bytes, int descriptor)
    {
        fixed (byte* start = bytes)
        {
            var vector = new Vector { Start = start, Length = (nuint)bytes.Length };
            var control = new Control { Length = ControlLength, Level = SocketLevel, Type = Rights, Descriptor = descriptor };
            var message = new Message { Vectors = &vector, VectorCount = 1 };
            if (descriptor >= 0)
            {
                message.Control = &control;
                message.ControlLength = (nuint)sizeof(Control);
            }

            var sent = sendmsg(socket, &message, NoSignal | DontWait);
            return sent >= 0 ? (int)sent : -Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Receives bytes, and the descriptor that comes with them.</summary>
    /// <param name="socket">A Unix socket.</param>
    /// <param name="bytes">Takes the bytes.</param>
    /// <param name="descriptor">The descriptor, which the caller closes; -1 for none. Programs that this one starts do not get it.</param>
    /// <returns>Bytes received, 0 at the end, or an error number below zero.</returns>
    public static int Receive(int socket, Span<byte> bytes, out int descriptor)
    {
        fixed (byte* start = bytes)
        {
            var vector = new Vector { Start = start, Length = (nuint)bytes.Length };
            var control = new Control { Descriptor = -1 };
            var message = new Message { Vectors = &vector, VectorCount = 1, Control = &control, ControlLength = (nuint)sizeof(Control) };
            var received = recvmsg(socket, &message, DontWait | CloseOnExec);
            descriptor = received >= 0 && message.ControlLength >= ControlLength && control is { Level: SocketLevel, Type: Rights } ? control.Descriptor : -1;
            return received >= 0 ? (int)received : -Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>The process at the other end of a Unix socket, and its user.</summary>
    public static (int Process, uint User) Peer(Socket socket)
    {
        Span<int> credentials = stackalloc int[3];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(credentials));
        return (credentials[0], (uint)credentials[1]);
    }

    /// <summary>The user that this process runs as.</summary>
    public static uint User() => geteuid();

    private static nuint ControlLength => (nuint)(sizeof(nuint) + (3 * sizeof(int)));

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint sendmsg(int fd, Message* message, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recvmsg(int fd, Message* message, int flags);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [StructLayout(LayoutKind.Sequential)]
    private struct Vector
    {
        public byte* Start;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public void* Name;
        public uint NameLength;
        public Vector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Control
    {
        public nuint Length;
        public int Level;
        public int Type;
        public int Descriptor;
    }
}
