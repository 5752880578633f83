using Parley.Core.Accounts;
using Parley.Core.Events;

namespace Parley.Core.Rooms;

/// <summary>The one who wants to see something.</summary>
/// <param name="UserId">The user's id; 0 for somebody who is no user here.</param>
/// <param name="SeesAll">True for the server, and those with the right to see what is hidden.</param>
public readonly record struct Viewer(long UserId, bool SeesAll)
{
    /// <summary>The account that the viewer has proven; null for a guest.</summary>
    public ProvenAccount? Login { get; init; }

    /// <summary>The user, as bans are about it; nobody for a viewer who is no user here.</summary>
    public Actor User { get; init; }

    /// <summary>The time of the question, UTC: until it is given, bans that have ended count.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>True for the server, and those who may come into every room: they may know its key.</summary>
    public bool EntersAll { get; init; }

    /// <summary>A stranger.</summary>
    public static Viewer Anybody => default;

    /// <summary>The server itself.</summary>
    public static Viewer Server => new(0, SeesAll: true) { EntersAll = true };

    /// <summary>A user.</summary>
    public static Viewer Of(in Actor user, DateTimeOffset now = default) => new(user.UserId, user.Profile.May(ServerRights.SeeHidden))
    {
        Login = user.Profile.Login,
        User = user,
        Now = now,
        EntersAll = user.Profile.May(ServerRights.Rooms),
    };
}
