using Parley.Core.Events;

namespace Parley.Core.Rooms;

/// <summary>Decides what a viewer may see of a user.</summary>
internal static class UserPolicy
{
    /// <summary>True if the viewer may find the user in lists and by masks.</summary>
    /// <param name="viewer">The one who looks.</param>
    /// <param name="user">The user.</param>
    /// <param name="shareRoom">Whether both are in some room.</param>
    public static bool ShowsInLists(Viewer viewer, in Actor user, bool shareRoom)
        => viewer.SeesAll || shareRoom || viewer.UserId == user.UserId || !user.Profile.IsInvisible;

    /// <summary>True if the viewer may know that the user is in a room.</summary>
    /// <param name="viewer">The one who looks.</param>
    /// <param name="user">The user.</param>
    /// <param name="room">The room that the user is in.</param>
    public static bool ShowsPlace(Viewer viewer, in Actor user, RoomState room)
        => viewer.UserId == user.UserId || new RoomPolicy(room).ShowsMember(viewer, user);
}
