using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>The user who caused an event: a lasting id, and the name and profile the user had at that moment.</summary>
/// <param name="UserId">Stays the same through renames; unique for as long as the broker lives.</param>
/// <param name="Name">The name at the time of the event.</param>
/// <param name="KnownProfile">The profile at the time of the event; null if nothing is known.</param>
public readonly record struct Actor(long UserId, UserName Name, UserProfile? KnownProfile = null)
{
    /// <summary>The profile at the time of the event.</summary>
    public UserProfile Profile => KnownProfile ?? UserProfile.Unknown;

    /// <summary>The identity behind the name: the account that the user had proven, or else a guest.</summary>
    /// <remarks>It is another once a guest has logged in: what holds for somebody holds by <see cref="Is"/>.</remarks>
    public Identity Identity => KnownProfile?.Login is { } login ? Identity.Of(login.Id) : Identity.OfGuest(UserId);

    /// <summary>True if it is who that is: by its account, or as the guest that it was before it logged in.</summary>
    public bool Is(Identity who) => !who.IsUnknown && (who == Identity || who == Identity.OfGuest(UserId));
}
