using Parley.Core.Broker;
using Parley.Core.Names;
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

    /// <summary>Whether the client's user is in the room.</summary>
    public static bool IsIn(IrcSession session, IRoomView room)
        => room.Members.Any(member => member.Actor.UserId == session.Self.UserId);

    /// <summary>The room that a channel is; null if there is none that the client may know of.</summary>
    public static async ValueTask<IRoomView?> FindAsync(IrcSession session, string channel, CancellationToken cancellationToken)
    {
        var view = TryParse(channel, out var room) ? await session.Broker.FindRoomAsync(room, cancellationToken) : null;
        return view is not null && view.Flags.Contains(RoomMode.Secret) && !session.Self.Profile.IsOperator && !IsIn(session, view) ? null : view;
    }

    /// <summary>Whoever is not in a room, and may not know of it, is refused things there as if there were none.</summary>
    public static async ValueTask<Verdict> DisguiseAsync(IrcSession session, Verdict verdict, string channel, CancellationToken cancellationToken)
        => verdict == Verdict.NotInRoom && await FindAsync(session, channel, cancellationToken) is null ? Verdict.NoSuchRoom : verdict;

    /// <summary>How much of a room a client is shown that joins it: clients that fetch history themselves are shown none.</summary>
    public static int Replay(IrcSession session)
        => session.Has(IrcCapabilities.ChatHistory | IrcCapabilities.ZncPlayback) ? 0 : session.Context.Options.HistoryReplay;
}
