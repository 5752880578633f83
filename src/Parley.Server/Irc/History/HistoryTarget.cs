using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Core.Sessions;

namespace Parley.Server.Irc.History;

/// <summary>A room that a client is in, or a conversation that its user has with another: what it may read the history of.</summary>
/// <remarks>
/// Only what the client has been shown, or would have been, is read: what is behind that comes as it is said, so nothing is
/// missing at the border, and nothing comes a second time after it was read.
/// </remarks>
internal sealed class HistoryTarget
{
    private readonly IHistoryStore _store;
    private readonly User _user;
    private readonly UserName _other;

    private HistoryTarget(IrcSession session, string name, RoomName room, UserName other, long last)
    {
        _store = session.Context.History!;
        _user = session.Session.User!;
        (Name, Room, _other, Last) = (name, room, other, last);
    }

    /// <summary>As IRC names it: a channel or a nick.</summary>
    public string Name { get; }

    /// <summary>The room; empty for a conversation.</summary>
    public RoomName Room { get; }

    /// <summary>The number of the last message that is read.</summary>
    public long Last { get; }

    /// <summary>Null if there is no such target for the client.</summary>
    public static async ValueTask<HistoryTarget?> FindAsync(IrcSession session, string target, CancellationToken cancellationToken)
    {
        if (IrcChannel.TryParse(target, out var wanted))
        {
            var room = session.Session.Rooms.FirstOrDefault(room => room == wanted);
            return room.IsEmpty
                ? null
                : new HistoryTarget(session, $"#{room.Value}", room, default, await session.Broker.LastNumberAsync(room, cancellationToken));
        }

        if (!UserName.TryParse(target, out var other))
        {
            return null;
        }

        other = (await session.Broker.FindUserAsync(other, cancellationToken))?.Actor.Name ?? other;
        return new HistoryTarget(session, other.Value, default, other, await session.Broker.LastNumberAsync(room: default, cancellationToken));
    }

    /// <summary>Entries of it, oldest first; whatever room the query is of.</summary>
    /// <exception cref="HistoryException">The store fails.</exception>
    public ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        query = query with { Room = Room, Before = Math.Min(query.Before, Last + 1) };
        return Room.IsEmpty ? _store.ReadDirectAsync(_user.Reader, _other, query, cancellationToken) : _store.ReadAsync(query, cancellationToken);
    }
}
