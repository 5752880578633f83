using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Parley.Protocol.Framing;

/// <summary>Checks and cleans text on its way from one user's keyboard to another's terminal.</summary>
public static class Utf8Text
{
    private const byte TwoByteLatinLead = 0xC2;

    // C0 but TAB, DEL, and the lead byte that C1 (U+0080..U+009F = C2 80..C2 9F) shares with harmless Latin-1 signs.
    private static readonly SearchValues<byte> SuspectBytes =
        SearchValues.Create([.. Controls(upTo: 0x7F).Select(c => (byte)c), TwoByteLatinLead]);

    private static readonly SearchValues<char> ControlChars = SearchValues.Create([.. Controls(upTo: 0x9F)]);

    /// <summary>Whether the bytes are well-formed UTF-8.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) => Utf8.IsValid(text);

    /// <summary>Copies valid UTF-8 text and leaves out control characters (C0 except TAB, DEL, C1), which could drive a terminal.</summary>
    public static void WriteWithoutControls(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            var found = text[at..].IndexOfAny(SuspectBytes);
            if (found < 0)
            {
                break;
            }

            at += found;
            var length = ControlLength(text[at..]);
            if (length == 0)
            {
                at++;
                continue;
            }

            output.Write(text[start..at]);
            at += length;
            start = at;
        }

        output.Write(text[start..]);
    }

    /// <summary>Writes text as UTF-8 and leaves out control characters (C0 except TAB, DEL, C1), which could drive a terminal.</summary>
    public static void WriteWithoutControls(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        for (int found; (found = text.IndexOfAny(ControlChars)) >= 0; text = text[(found + 1)..])
        {
            Write(text[..found], output);
        }

        Write(text, output);
    }

    private static void Write(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        if (!text.IsEmpty)
        {
            var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
            output.Advance(Encoding.UTF8.GetBytes(text, span));
        }
    }

    private static int ControlLength(ReadOnlySpan<byte> text) => text switch
    {
        [TwoByteLatinLead, >= 0x80 and <= 0x9F, ..] => 2,
        [TwoByteLatinLead, ..] => 0,
        _ => 1,
    };

    private static IEnumerable<char> Controls(int upTo) =>
        Enumerable.Range(0, upTo + 1).Select(c => (char)c).Where(c => char.IsControl(c) && c != '\t');
}
