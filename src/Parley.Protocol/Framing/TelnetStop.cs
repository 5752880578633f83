using System.Buffers;

namespace Parley.Protocol.Framing;

/// <summary>Where plain text ends: the last byte of a line ending, an IAC, or the end of the input.</summary>
/// <param name="Kind">What stands there.</param>
/// <param name="Index">Its index, or the input's length.</param>
/// <param name="Last">The byte before it.</param>
internal readonly record struct TelnetStop(TelnetStopKind Kind, long Index, byte Last)
{
    private const byte Nul = 0;

    /// <summary>Finds the first stop with one scan; <paramref name="previous"/> is the byte before the input, or 0.</summary>
    public static TelnetStop Find(in ReadOnlySequence<byte> input, byte previous)
    {
        if (input.IsSingleSegment)
        {
            var span = input.FirstSpan;
            var kind = Find(span, previous, out var index);
            return new TelnetStop(kind, index, index > 0 ? span[index - 1] : previous);
        }

        long offset = 0;
        foreach (var memory in input)
        {
            var span = memory.Span;
            var kind = Find(span, previous, out var index);
            previous = index > 0 ? span[index - 1] : previous;
            if (kind != TelnetStopKind.None)
            {
                return new TelnetStop(kind, offset + index, previous);
            }

            offset += index;
        }

        return new TelnetStop(TelnetStopKind.None, offset, previous);
    }

    /// <summary>The index of the first byte that may be a stop, or -1; a NUL is one only after CR.</summary>
    public static int IndexOfCandidate(ReadOnlySpan<byte> span) => span.IndexOfAny((byte)'\n', Nul, TelnetCommandParser.Iac);

    /// <summary>True if the input starts with ^C or ^D.</summary>
    public static bool IsInterruptAhead(in ReadOnlySequence<byte> input)
    {
        var first = input.FirstSpan;
        if (!first.IsEmpty)
        {
            return first[0] is 3 or 4;
        }

        foreach (var memory in input)
        {
            if (!memory.IsEmpty)
            {
                return memory.Span[0] is 3 or 4;
            }
        }

        return false;
    }

    private static TelnetStopKind Find(ReadOnlySpan<byte> span, byte previous, out int index)
    {
        for (index = 0; index < span.Length; index++)
        {
            var found = IndexOfCandidate(span[index..]);
            if (found < 0)
            {
                break;
            }

            index += found;
            switch (span[index])
            {
                case TelnetCommandParser.Iac:
                    return TelnetStopKind.Command;
                case Nul when (index > 0 ? span[index - 1] : previous) != LineLimit.CarriageReturn:
                    continue;
                default:
                    return TelnetStopKind.LineEnd;
            }
        }

        index = span.Length;
        return TelnetStopKind.None;
    }
}
