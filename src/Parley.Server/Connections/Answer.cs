using System.Buffers;
using Parley.Core.Broker.Sessions;

namespace Parley.Server.Connections;

/// <summary>Puts an answer to one session into bytes.</summary>
internal static class Answer
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>The bytes that <paramref name="write"/> writes.</summary>
    public static byte[] Encode(Action<IBufferWriter<byte>> write)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(512);
        buffer.ResetWrittenCount();
        write(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Answers a session, behind everything that its rooms have said so far.</summary>
    public static void Reply(this Session session, Action<IBufferWriter<byte>> write) => session.Reply(Encode(write));
}
