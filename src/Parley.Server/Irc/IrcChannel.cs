using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Server.Irc;

/// <summary>Rooms as IRC names them: with <c>#</c> before.</summary>
internal static class IrcChannel
{
    /// <summary>The room that a channel is; false if this names none.</summary>
    public static bool TryParse(string channel, out RoomName room)
    {
        room = default;
        return channel is ['#', ..] && RoomName.TryParse(channel.AsSpan(1), out room);
    }

    /// <summary>The room that a channel is; null if there is none that the client may know of.</summary>
    public static async ValueTask<RoomView?> FindAsync(IrcSession session, string channel, CancellationToken cancellationToken)
        => TryParse(channel, out var room) ? await session.LookAsync(new FindRoom(room), cancellationToken) : null;
}
