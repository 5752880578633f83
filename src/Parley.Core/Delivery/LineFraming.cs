using System.Buffers;

namespace Parley.Core.Delivery;

/// <summary>Puts the lines of a dialect into the frames of a transport that carries messages instead of a stream of bytes.</summary>
/// <remarks>Called on any thread, under locks: MUST NOT block, throw, or call back into the core.</remarks>
public abstract class LineFraming
{
    /// <summary>Writes whole lines, each with its ending, as frames.</summary>
    public abstract void Write(ReadOnlySpan<byte> lines, IBufferWriter<byte> output);
}
