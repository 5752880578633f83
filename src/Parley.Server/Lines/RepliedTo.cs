using System.Text;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Lines;

/// <summary>The message that a message of an IRC client answers, as its author says: https://ircv3.net/specs/client-tags/reply</summary>
internal static class RepliedTo
{
    /// <summary>The id of the message that is answered; null if there is none, or it is none of history.</summary>
    public static string? Of(ReadOnlySpan<byte> tags)
    {
        if (tags.IsEmpty)
        {
            return null;
        }

        var all = new IrcTags(tags);
        if (!all.TryGet("+reply"u8, out var value) && !all.TryGet("+draft/reply"u8, out value))
        {
            return null;
        }

        var id = Encoding.UTF8.GetString(value);
        return MessageId.TryParse(id, out var room, out var number) ? MessageId.Of(room, number) : null;
    }
}
