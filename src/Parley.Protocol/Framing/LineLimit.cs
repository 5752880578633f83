using System.Buffers;

namespace Parley.Protocol.Framing;

/// <summary>When a line is too long: the arithmetic that both framers share.</summary>
internal static class LineLimit
{
    public const byte CarriageReturn = (byte)'\r';

    public static int Checked(int maxLineBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLineBytes, 1);
        return maxLineBytes;
    }

    /// <summary>True if an unended line cannot fit any more; one more byte may stand if it is the CR of the ending.</summary>
    public static bool IsExceeded(long length, byte last, int maxLineBytes) =>
        length > maxLineBytes && (length > maxLineBytes + 1L || last != CarriageReturn);

    public static ReadOnlySequence<byte> WithoutLastCarriageReturn(in ReadOnlySequence<byte> line)
    {
        byte last = 0;
        foreach (var memory in line)
        {
            if (!memory.IsEmpty)
            {
                last = memory.Span[^1];
            }
        }

        return last == CarriageReturn ? line.Slice(0, line.Length - 1) : line;
    }
}
