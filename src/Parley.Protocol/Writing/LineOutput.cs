using System.Buffers;
using System.Runtime.CompilerServices;

namespace Parley.Protocol.Writing;

/// <summary>Writes whole lines: one call, one line, whatever stands in the holes.</summary>
internal static class LineOutput
{
    /// <summary>Writes the line as it reads in the source, and LF.</summary>
    public static void WriteLine(
        this IBufferWriter<byte> output,
        [InterpolatedStringHandlerArgument(nameof(output))] ref LineInterpolationHandler line)
    {
        _ = line;
        output.Write("\n"u8);
    }

    /// <summary>Writes part of a line as it reads in the source.</summary>
    public static void WritePart(
        this IBufferWriter<byte> output,
        [InterpolatedStringHandlerArgument(nameof(output))] ref LineInterpolationHandler part)
    {
        _ = output;
        _ = part;
    }

    /// <summary>Writes a fixed line, and LF.</summary>
    public static void WriteLine(this IBufferWriter<byte> output, ReadOnlySpan<byte> line)
    {
        output.Write(line);
        output.Write("\n"u8);
    }
}
