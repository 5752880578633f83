using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>The part of a registered room that outlasts its members.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Life">Its life, by which it is known under whatever name: it goes on while the room is registered.</param>
/// <param name="Created">When it was made, UTC.</param>
/// <param name="Registration">Its founder and roles.</param>
public sealed record RegisteredRoom(RoomName Name, RoomLife Life, DateTimeOffset Created, RoomRegistration Registration)
{
    /// <summary>Topic of the room; null for none.</summary>
    public RoomTopic? Topic { get; init; }

    /// <summary>The modes that are set and the masks on its lists; ranks are not among them.</summary>
    public IReadOnlyList<RoomSetting> Settings { get; init; } = [];

    /// <summary>Values under keys.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = KeptValues.None;
}
