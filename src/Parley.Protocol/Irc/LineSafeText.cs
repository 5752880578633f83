using System.Buffers;
using System.Text;

namespace Parley.Protocol.Irc;

/// <summary>Writes text without what no IRC message can hold: NUL, CR and LF. All other control codes are formatting or CTCP, and stay.</summary>
internal static class LineSafeText
{
    private static readonly SearchValues<byte> UnsafeBytes = SearchValues.Create("\0\r\n"u8);
    private static readonly SearchValues<char> UnsafeChars = SearchValues.Create("\0\r\n");

    /// <summary>Copies what may stand in a line to <paramref name="destination"/>, as far as it goes, and says how much that was.</summary>
    public static int Copy(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            var found = text.IndexOfAny(UnsafeBytes);
            var safe = found < 0 ? text : text[..found];
            text = found < 0 ? default : text[(found + 1)..];
            if (safe.Length > destination.Length - written)
            {
                safe = safe[..(destination.Length - written)];
                text = default;
            }

            safe.CopyTo(destination[written..]);
            written += safe.Length;
        }

        return written;
    }

    public static void Write(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        if (!text.IsEmpty)
        {
            output.Advance(Copy(text, output.GetSpan(text.Length)[..text.Length]));
        }
    }

    public static void Write(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        for (int found; (found = text.IndexOfAny(UnsafeChars)) >= 0; text = text[(found + 1)..])
        {
            Encode(text[..found], output);
        }

        Encode(text, output);
    }

    private static void Encode(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        if (!text.IsEmpty)
        {
            output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
        }
    }
}
