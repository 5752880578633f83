using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Wire;

/// <summary>The tag that says whether somebody types (https://ircv3.net/specs/client-tags/typing), which nobody has to be told of itself.</summary>
internal static class TypingTags
{
    /// <summary>True if tags say that and nothing else.</summary>
    public static bool AreAll(ReadOnlySpan<byte> tags)
    {
        foreach (var tag in new IrcTags(tags))
        {
            if (!tag.Key.SequenceEqual("+typing"u8) && !tag.Key.SequenceEqual("+draft/typing"u8))
            {
                return false;
            }
        }

        return !tags.IsEmpty;
    }
}
