using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Parley.Server.Transport.Tls.OpenSsl;

/// <summary>
/// OpenSSL's way to a connection's bytes: it reads what the loop has just received, in the loop's buffer, and what it writes goes to
/// the socket at once. Unlike a memory BIO it holds no bytes, so a connection that says nothing holds none.
/// </summary>
internal static unsafe class OpenSslBio
{
    private const int TypeOfSourceAndSink = 0x0400;
    private const int ControlFlush = 11;
    private const int FlagRead = 0x01;
    private const int FlagShouldRetry = 0x08;
    private const int AllRetryFlags = 0x0f;

    private static readonly nint Method = CreateMethod();

    /// <summary>The session that this thread is running, whose bytes the callbacks mean. There is one at a time, as they return before the call does.</summary>
    [ThreadStatic]
    private static OpenSslSession? _current;

    [ThreadStatic]
    private static byte* _input;

    [ThreadStatic]
    private static int _inputBytes;

    /// <summary>The session whose call is under way on this thread.</summary>
    public static OpenSslSession Current => _current!;

    /// <summary>Bytes of the input that were not read.</summary>
    public static int Unread => _inputBytes;

    public static nint Create()
    {
        var bio = OpenSslLibrary.BIO_new(Method);
        OpenSslLibrary.BIO_set_init(bio, 1);
        return bio;
    }

    /// <summary>Begins calls for a session; the input MUST stay where it is until <see cref="End"/>.</summary>
    public static void Begin(OpenSslSession session, byte* input, int inputBytes)
    {
        _current = session;
        _input = input;
        _inputBytes = inputBytes;
    }

    public static void End()
    {
        _current = null;
        _input = null;
        _inputBytes = 0;
    }

    private static nint CreateMethod()
    {
        var method = OpenSslLibrary.BIO_meth_new(TypeOfSourceAndSink, "parley");
        _ = OpenSslLibrary.BIO_meth_set_read(method, &Read);
        _ = OpenSslLibrary.BIO_meth_set_write(method, &Write);
        _ = OpenSslLibrary.BIO_meth_set_ctrl(method, &Control);
        return method;
    }

    [UnmanagedCallersOnly]
    private static int Read(nint bio, byte* bytes, int length)
    {
        OpenSslLibrary.BIO_clear_flags(bio, AllRetryFlags);
        var read = Math.Min(length, _inputBytes);
        if (read == 0)
        {
            OpenSslLibrary.BIO_set_flags(bio, FlagRead | FlagShouldRetry);
            return -1;
        }

        Unsafe.CopyBlockUnaligned(bytes, _input, (uint)read);
        _input += read;
        _inputBytes -= read;
        return read;
    }

    [UnmanagedCallersOnly]
    private static int Write(nint bio, byte* bytes, int length)
    {
        OpenSslLibrary.BIO_clear_flags(bio, AllRetryFlags);
        Current.Emit(new ReadOnlySpan<byte>(bytes, length));
        return length;
    }

    [UnmanagedCallersOnly]
    private static nint Control(nint bio, int command, nint number, nint pointer) => command == ControlFlush ? 1 : 0;
}
