using System.Buffers;

namespace Parley.Core.Delivery;

/// <summary>Puts something that only one session is sent into an array of just the right size.</summary>
internal static class Scratch
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>The bytes that a session is shown something by.</summary>
    public static byte[] Encode(Flavor flavor, Shown what) => Encode((flavor, what), static (its, output) => its.flavor.EncodeFor(its.what, output));

    /// <summary>The bytes that <paramref name="write"/> writes; it MUST NOT call this in turn.</summary>
    public static byte[] Encode<TState>(TState state, Action<TState, IBufferWriter<byte>> write)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(512);
        buffer.ResetWrittenCount();
        write(state, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
