using System.Text;
using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Lines;

/// <summary>The room that a direct message of an IRC client belongs to, as its author says: https://ircv3.net/specs/client-tags/channel-context</summary>
internal static class ChannelContext
{
    /// <summary>Words before the text of such a message, <c>(in room) </c>; empty if it belongs to no room.</summary>
    public static byte[] Prefix(ReadOnlySpan<byte> tags)
        => !tags.IsEmpty && TryGet(new IrcTags(tags), out var room) ? [.. "(in "u8, .. Encoding.UTF8.GetBytes(room.Value), .. ") "u8] : [];

    private static bool TryGet(in IrcTags tags, out RoomName room)
    {
        room = default;
        return (tags.TryGet("+channel-context"u8, out var channel) || tags.TryGet("+draft/channel-context"u8, out channel))
            && IrcChannel.TryParse(Encoding.UTF8.GetString(channel), out room);
    }
}
