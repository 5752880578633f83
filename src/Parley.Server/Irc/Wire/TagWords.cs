using System.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Wire;

/// <summary>Words that the tags of a message have for people: the text of a reaction, and whatever else its author has written into a tag.</summary>
/// <remarks>Any client may show any tag, and reads which of two spellings it likes: what may not be said may be in none of them.</remarks>
internal static class TagWords
{
    /// <summary>Returns the values of the tags for other clients, UTF-8, with a space between them; empty if they hold nothing but ids of messages, by their form, and that somebody types.</summary>
    public static byte[] In(ReadOnlySpan<byte> tags)
    {
        StringBuilder? words = null;
        foreach (var tag in new IrcTags(tags))
        {
            if (tag.Key is not [(byte)'+', ..] || tag.RawValue.IsEmpty || IsState(tag.Key, tag.RawValue))
            {
                continue;
            }

            var value = IrcTagValue.Unescape(tag.RawValue);
            if (!IsReference(tag.Key, value))
            {
                words = words is null ? new StringBuilder() : words.Append(' ');
                words.Append(value);
            }
        }

        return words is null ? [] : Encoding.UTF8.GetBytes(words.ToString());
    }

    // https://ircv3.net/specs/client-tags/typing
    private static bool IsState(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
        => (key.SequenceEqual("+typing"u8) || key.SequenceEqual("+draft/typing"u8))
            && (value.SequenceEqual("active"u8) || value.SequenceEqual("paused"u8) || value.SequenceEqual("done"u8));

    // https://ircv3.net/specs/client-tags/reply
    private static bool IsReference(ReadOnlySpan<byte> key, string value)
        => (key.SequenceEqual("+reply"u8) || key.SequenceEqual("+draft/reply"u8)) && MessageId.IsOne(value);
}
