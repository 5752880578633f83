using Parley.Core.Delivery;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Broker.Sessions;

/// <summary>Where a session that joins is to be shown what was said before.</summary>
internal sealed class Replay
{
    /// <summary>The place in its outbox; appended if there is anything to show.</summary>
    public OutboxHole Hole { get; } = new();

    /// <summary>The room; null until the session is in.</summary>
    public RoomFeed? Room { get; set; }

    /// <summary>The name by which the session was let in, which it knows the room by where it is shown this.</summary>
    public RoomName Name { get; set; }

    /// <summary>Names that the room had before that one, the oldest first.</summary>
    public IReadOnlyList<FormerName> FormerNames { get; set; } = [];

    /// <summary>The number of the last event before those that the session is shown anyway; 0 if there is none.</summary>
    public long UpTo { get; set; }
}
