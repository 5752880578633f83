namespace Parley.Protocol.Irc;

/// <summary>Contents of the parameters of a message: text to show, CTCP, lists with commas.</summary>
public static class IrcText
{
    private const byte CtcpDelimiter = 1;

    /// <summary>The longest beginning of a UTF-8 text that has no more than so many bytes and does not end within a character.</summary>
    /// <param name="text">The text; where it is not UTF-8, it may be cut anywhere.</param>
    /// <param name="maxBytes">How many bytes there may be, at least 0.</param>
    public static ReadOnlySpan<byte> Truncate(ReadOnlySpan<byte> text, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        if (text.Length <= maxBytes)
        {
            return text;
        }

        var end = maxBytes;
        while (end > 0 && end > maxBytes - 3 && IsContinuation(text[end]))
        {
            end--;
        }

        return text[..(IsContinuation(text[end]) ? maxBytes : end)];
    }

    /// <summary>Splits a UTF-8 text into pieces of at most so many bytes: after a space where there is one in its second half, else after a character.</summary>
    /// <param name="text">The text; all of it is in the pieces, and an empty one has none.</param>
    /// <param name="maxBytes">How long a piece may be, in bytes; at least 4, so that every character fits.</param>
    public static IrcTextSplitter Split(ReadOnlySpan<byte> text, int maxBytes) => new(text, maxBytes);

    /// <summary>Walks the lines of a message that has several; a text without a line feed is one line.</summary>
    public static IrcLineEnumerator Lines(ReadOnlySpan<byte> text) => new(text);

    /// <summary>Walks the items of a list such as <c>#a,#b</c>; empty ones are left out.</summary>
    public static IrcListEnumerator List(ReadOnlySpan<byte> parameter) => new(parameter, keepsEmpty: false);

    /// <summary>Walks the items of a list whose places mean something, such as the keys of JOIN, the empty ones included.</summary>
    public static IrcListEnumerator Places(ReadOnlySpan<byte> parameter) => new(parameter, keepsEmpty: true);

    /// <summary>Takes a CTCP message apart (https://modern.ircdocs.horse/ctcp); its closing delimiter may be missing.</summary>
    /// <param name="text">The text of a PRIVMSG or NOTICE.</param>
    /// <param name="command">The command as it is spelled, such as <c>ACTION</c>; never empty when there is one.</param>
    /// <param name="arguments">What follows the space, or empty.</param>
    public static bool TryParseCtcp(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> command, out ReadOnlySpan<byte> arguments)
    {
        command = default;
        arguments = default;
        if (text is not [CtcpDelimiter, .. var body])
        {
            return false;
        }

        // What follows a closing delimiter would be the mixed form of 1994, which nobody shows.
        var close = body.IndexOf(CtcpDelimiter);
        body = close < 0 ? body : body[..close];
        var space = body.IndexOf((byte)' ');
        command = space < 0 ? body : body[..space];
        arguments = space < 0 ? default : body[(space + 1)..];
        return !command.IsEmpty;
    }

    /// <summary>True if the text is an action, <c>/me waves</c> at a keyboard, and what its author does.</summary>
    public static bool TryParseAction(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> action) =>
        TryParseCtcp(text, out var command, out action) && System.Text.Ascii.EqualsIgnoreCase(command, "ACTION"u8);

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;
}
