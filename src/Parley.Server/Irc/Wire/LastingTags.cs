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

    // https://ircv3.net/specs/client-tags/react; the others are how clients ask for it in words.
    private static bool IsLasting(ReadOnlySpan<byte> key)
        => key.SequenceEqual("+draft/react"u8) || key.SequenceEqual("+draft/unreact"u8) || key.SequenceEqual("+draft/persist"u8)
            || key.SequenceEqual("+react"u8) || key.SequenceEqual("+unreact"u8);
}
