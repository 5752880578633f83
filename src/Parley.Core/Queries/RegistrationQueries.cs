using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Queries;

/// <summary>Registration of a room; null if it has none that the viewer may know of.</summary>
/// <param name="Room">The room.</param>
public sealed record FindRegistration(RoomName Room) : Query<RegistrationView?>;

/// <summary>The registered rooms in which the viewer has a role, by name; all of them for those who run the server.</summary>
/// <inheritdoc cref="ListRooms"/>
public sealed record ListRegistrations(RoomName After = default, int Limit = int.MaxValue) : Query<Page<RegistrationView, RoomName>>;

/// <summary>A registered room, as somebody may see it.</summary>
/// <param name="Room">The room.</param>
/// <param name="Registration">Its founder and roles; the roles are shown to members, to those who have one, and to those who run the server.</param>
/// <param name="Members">Number of members now.</param>
/// <param name="IsSecret">True if strangers are not told of it.</param>
public sealed record RegistrationView(RoomName Room, RoomRegistration Registration, int Members, bool IsSecret)
{
    /// <summary>True if the viewer may know who has a role.</summary>
    public bool ShowsRoles { get; init; }

    /// <summary>Topic of the room; null for none.</summary>
    public string? Topic { get; init; }
}
