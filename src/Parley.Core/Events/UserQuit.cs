using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A member left the server, and with it every room it was in; a session that shares several of them sees it once.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">The former member.</param>
/// <param name="Reason">What it said, or what became of it; empty if nothing is known.</param>
public sealed record UserQuit(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, string Reason = "")
    : RoomEvent(Room, Number, Time, Actor)
{
    /// <summary>Begins the reason of somebody who left of its own will; what it said follows.</summary>
    public const string ByItself = "Quit: ";
}
