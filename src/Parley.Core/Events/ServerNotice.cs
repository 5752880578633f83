using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>The server told the members of a room something; nobody said it.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Text">One line, for people.</param>
public sealed record ServerNotice(RoomName Room, long Number, DateTimeOffset Time, string Text)
    : RoomEvent(Room, Number, Time, default);
