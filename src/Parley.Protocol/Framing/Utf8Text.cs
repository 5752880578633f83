using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Parley.Protocol.Framing;

/// <summary>Checks and cleans text on its way from one user's keyboard to another's terminal.</summary>
/// <remarks>
/// Judged by what a character does, not by its category. Left out are those that drive a terminal (C0 except TAB, DEL, C1),
/// those that some programs break a line at (U+2028, U+2029), and those that reorder what stands beside them (marks, embeddings,
/// overrides and isolates of the bidirectional algorithm): with them, a message shows words in somebody else's name.
/// https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
/// </remarks>
public static class Utf8Text
{
    private const byte TwoByteLatinLead = 0xC2;
    private const byte ArabicLetterMarkLead = 0xD8;
    private const byte PunctuationLead = 0xE2;

    // C0 but TAB, DEL, and the lead bytes that the others share with harmless characters: C1 (U+0080..U+009F = C2 80..C2 9F),
    // U+061C (D8 9C), and the rest (E2 80 8E .. E2 81 A9).
    private static readonly SearchValues<byte> SuspectBytes =
        SearchValues.Create([.. Unsafe(upTo: 0x7F).Select(c => (byte)c), TwoByteLatinLead, ArabicLetterMarkLead, PunctuationLead]);

    private static readonly SearchValues<byte> SuspectBytesButLineFeed =
        SearchValues.Create([.. Unsafe(upTo: 0x7F).Where(c => c != '\n').Select(c => (byte)c), TwoByteLatinLead, ArabicLetterMarkLead, PunctuationLead]);

    private static readonly SearchValues<byte> ControlBytes =
        SearchValues.Create([.. Unsafe(upTo: 0x7F).Select(c => (byte)c), TwoByteLatinLead]);

    private static readonly SearchValues<char> UnsafeChars = SearchValues.Create([.. Unsafe(upTo: char.MaxValue)]);

    /// <summary>True if a character must not reach a terminal as part of what somebody wrote.</summary>
    public static bool IsUnsafe(char character) => character switch
    {
        '\t' => false,
        '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => true,
        _ => char.IsControl(character),
    };

    /// <summary>True if the bytes are well-formed UTF-8.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) => Utf8.IsValid(text);

    /// <summary>
    /// Text as it enters from a protocol of plain lines: without control characters (C0 except TAB, DEL, C1), which are commands
    /// to IRC clients.
    /// </summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <returns>The text itself if it has none.</returns>
    public static ReadOnlySpan<byte> WithoutControls(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny(ControlBytes))
        {
            return text;
        }

        var plain = new ArrayBufferWriter<byte>(text.Length);
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            if (!Rune.IsControl(rune) || rune.Value == '\t')
            {
                plain.Write(text[..length]);
            }

            text = text[length..];
        }

        return plain.WrittenSpan;
    }

    /// <summary>Copies valid UTF-8 text without the characters that are unsafe on a terminal.</summary>
    public static void WriteWithoutControls(ReadOnlySpan<byte> text, IBufferWriter<byte> output) => Write(text, SuspectBytes, output);

    /// <summary>Copies valid UTF-8 text without the characters that are unsafe on a terminal, but for line feeds: for readers to whom a line break ends nothing.</summary>
    public static void WriteParagraphs(ReadOnlySpan<byte> text, IBufferWriter<byte> output) => Write(text, SuspectBytesButLineFeed, output);

    /// <summary>Writes text as UTF-8 without the characters that are unsafe on a terminal.</summary>
    public static void WriteWithoutControls(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        for (int found; (found = text.IndexOfAny(UnsafeChars)) >= 0; text = text[(found + 1)..])
        {
            Write(text[..found], output);
        }

        Write(text, output);
    }

    private static void Write(ReadOnlySpan<byte> text, SearchValues<byte> suspects, IBufferWriter<byte> output)
    {
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            var found = text[at..].IndexOfAny(suspects);
            if (found < 0)
            {
                break;
            }

            at += found;
            var length = UnsafeLength(text[at..]);
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

    private static void Write(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        if (!text.IsEmpty)
        {
            var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
            output.Advance(Encoding.UTF8.GetBytes(text, span));
        }
    }

    /// <summary>The length of the unsafe character that the text begins with; 0 if it begins with another one.</summary>
    private static int UnsafeLength(ReadOnlySpan<byte> text) => text switch
    {
        [TwoByteLatinLead, >= 0x80 and <= 0x9F, ..] => 2,
        [ArabicLetterMarkLead, 0x9C, ..] => 2,
        [PunctuationLead, 0x80, 0x8E or 0x8F or (>= 0xA8 and <= 0xAE), ..] => 3,
        [PunctuationLead, 0x81, >= 0xA6 and <= 0xA9, ..] => 3,
        [TwoByteLatinLead or ArabicLetterMarkLead or PunctuationLead, ..] => 0,
        _ => 1,
    };

    private static IEnumerable<char> Unsafe(int upTo) =>
        Enumerable.Range(0, upTo + 1).Select(c => (char)c).Where(IsUnsafe);
}
