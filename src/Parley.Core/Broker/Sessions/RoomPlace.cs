using Parley.Core.Delivery;

namespace Parley.Core.Broker.Sessions;

/// <summary>The place of a session in a room: how far it has read there.</summary>
/// <param name="session">The session.</param>
/// <param name="room">The room, as its feed.</param>
internal sealed class RoomPlace(Session session, RoomFeed room) : Subscription(session.Outbox)
{
    private long _lastAct;

    public Session Session { get; } = session;

    public RoomFeed Room { get; } = room;

    /// <summary>Count of the room's events up to the last one that the session has brought about there, beside its arrival; the room's gate is held where it is set.</summary>
    public long LastAct { get => Volatile.Read(ref _lastAct); set => Volatile.Write(ref _lastAct, value); }

    /// <summary>True if it was decided that the session leaves; what was decided before it is still shown. Guarded by the user's gate.</summary>
    public bool IsLeaving { get; set; }
}
