using System.Buffers;
using Parley.Protocol.Writing;

namespace Parley.Protocol.Collect;

/// <summary>Writes what the collector answers, one line per call, as in docs/protocols/hooks.md: <c>ok</c> or <c>error: ...</c>.</summary>
public static class CollectWriter
{
    /// <summary>Writes that the line is in the room.</summary>
    public static void Ok(IBufferWriter<byte> output) => output.WriteLine("ok"u8);

    /// <summary>Writes that there is nothing in the line.</summary>
    public static void Empty(IBufferWriter<byte> output) => output.WriteLine("error: The line is empty, write what is to be said"u8);

    /// <summary>Writes how long a line may be, in bytes.</summary>
    public static void LineTooLong(IBufferWriter<byte> output, int max) =>
        output.WriteLine($"error: Messages can only be {max} bytes long, send it in parts");

    /// <summary>Writes that a line was dropped because it is not UTF-8.</summary>
    public static void NotUtf8(IBufferWriter<byte> output) =>
        output.WriteLine("error: Messages must be UTF-8, send it again in that encoding"u8);

    /// <summary>Writes any other reason why a line was not taken.</summary>
    public static void Error(IBufferWriter<byte> output, string reason) => output.WriteLine($"error: {reason}");
}
