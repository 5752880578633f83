using System.Buffers;

namespace Parley.Protocol.Framing;

/// <summary>Where a line ends: the scan that the framers without telnet share.</summary>
internal static class LineFeed
{
    /// <summary>Finds the first LF: its index, or the input's length; and the byte before that, or 0.</summary>
    public static bool TryFind(in ReadOnlySequence<byte> input, out long index, out byte last)
    {
        index = 0;
        last = 0;
        foreach (var memory in input)
        {
            var span = memory.Span;
            var found = span.IndexOf((byte)'\n');
            var before = found >= 0 ? found : span.Length;
            index += before;
            if (before > 0)
            {
                last = span[before - 1];
            }

            if (found >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
