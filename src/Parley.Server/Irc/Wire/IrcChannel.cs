using Parley.Core.Names;

namespace Parley.Server.Irc.Wire;

/// <summary>Rooms as IRC names them: with <c>#</c> before.</summary>
internal static class IrcChannel
{
    /// <summary>The room that a channel is; false if this names none.</summary>
    public static bool TryParse(string channel, out RoomName room)
    {
        room = default;
        return channel is ['#', ..] && RoomName.TryParse(channel.AsSpan(1), out room);
    }
}
