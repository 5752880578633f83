using System.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Wire;

/// <summary>Which tags without text matter later, too: a reaction does, that somebody types does not.</summary>
internal static class LastingTags
{
    public static bool AreIn(ReadOnlySpan<byte> tags)
    {
        foreach (var tag in new IrcTags(tags))
        {
            if (IsLasting(tag.Key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Text of the reaction in tags, UTF-8; empty if there is none.</summary>
    public static byte[] ReactionIn(ReadOnlySpan<byte> tags)
    {
        foreach (var tag in new IrcTags(tags))
        {
            if (tag.Key.SequenceEqual("+draft/react"u8) || tag.Key.SequenceEqual("+react"u8))
            {
                return Encoding.UTF8.GetBytes(IrcTagValue.Unescape(tag.RawValue));
            }
        }

        return [];
    }

    // https://ircv3.net/specs/client-tags/react; the others are how clients ask for it in words.
    private static bool IsLasting(ReadOnlySpan<byte> key)
        => key.SequenceEqual("+draft/react"u8) || key.SequenceEqual("+draft/unreact"u8) || key.SequenceEqual("+draft/persist"u8)
            || key.SequenceEqual("+react"u8) || key.SequenceEqual("+unreact"u8);
}
