using System.Buffers;
using System.Text;

namespace Parley.Protocol.Tests;

/// <summary>Byte arrays, and sequences of several segments, for tests.</summary>
internal static class Bytes
{
    /// <summary>One byte per character, so that "\xff\xf4" is telnet's interrupt.</summary>
    public static byte[] Of(string latin1) => Encoding.Latin1.GetBytes(latin1);

    /// <summary>The counterpart of <see cref="Of"/>, for messages that can be read.</summary>
    public static string Text(in ReadOnlySequence<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>A sequence with one segment per piece, empty ones included.</summary>
    public static ReadOnlySequence<byte> Sequence(params IReadOnlyList<byte[]> pieces)
    {
        var first = new Segment(pieces[0], previous: null);
        var last = first;
        foreach (var piece in pieces.Skip(1))
        {
            last = new Segment(piece, last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>What <paramref name="write"/> writes, as text.</summary>
    public static string Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? previous)
        {
            Memory = bytes;
            RunningIndex = previous is null ? 0 : previous.RunningIndex + previous.Memory.Length;
            previous?.Next = this;
        }
    }
}
