using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Intentions;

/// <summary>
/// Brings a new user in under a free name; or, if somebody is here who has proven the same account, makes the session one of that user's,
/// whatever name and profile that user has.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Profile">Details that others may know of the user; none unless given.</param>
public sealed record SignIn(UserName Name, UserProfile? Profile = null) : Intention
{
    /// <summary>True if nobody is at the session: while its user has no other, the user is away and is kept direct messages.</summary>
    public bool IsStandIn { get; init; }
}

/// <summary>Takes the session along into every room that another session of its user enters, or no more. Those that the user is in already it follows by <see cref="Join"/>.</summary>
/// <param name="IsOn">Whether it is taken along.</param>
public sealed record FollowAll(bool IsOn = true) : Intention;

/// <summary>Ends the sessions of the user that nobody is at: it leaves with the last of the others.</summary>
public sealed record DismissStandIns : Intention;

/// <summary>Gives the user another name, everywhere. The old one is free afterwards.</summary>
/// <param name="NewName">The name.</param>
public sealed record Rename(UserName NewName) : Intention;

/// <summary>
/// Changes the user's profile, everywhere; what another session of the user has changed meanwhile stays. With an account that the user had not proven before, and whose member is here, the session
/// becomes one of that member's: it is in no room then, and the user that it was is gone if it has no other session.
/// </summary>
/// <param name="Profile">What the profile is to be.</param>
/// <param name="Seen">The profile, as the session knows it; null (nodes of older versions) for all of it to be so, whatever it is by now.</param>
public sealed record UpdateProfile(UserProfile Profile, UserProfile? Seen = null) : Intention
{
    /// <summary>The profile that comes of it.</summary>
    /// <param name="current">The profile as it is.</param>
    public UserProfile On(UserProfile current) => current.With(Seen ?? current, Profile);
}

/// <summary>Sets a value on the user, for whoever shares a room with it or watches it to see; null takes it away.</summary>
/// <param name="Key">Key of the value.</param>
/// <param name="Value">The value.</param>
public sealed record SetValue(string Key, string? Value) : Intention;

/// <summary>Is told from here on when somebody comes or goes under a name.</summary>
/// <param name="Name">The name.</param>
public sealed record Watch(UserName Name) : Intention;

/// <summary>Is told no more who comes or goes under a name.</summary>
/// <param name="Name">The name.</param>
public sealed record Unwatch(UserName Name) : Intention;

/// <summary>Tells the other sessions of the user how far it has read.</summary>
/// <param name="Target">Where, as the session's protocol names it.</param>
/// <param name="Time">Time of the last message that was read, UTC.</param>
public sealed record ShareReadMarker(string Target, DateTimeOffset Time) : Intention;

/// <summary>Ends all sessions of a user. Operators of the server may, and the server itself.</summary>
/// <param name="User">The user.</param>
/// <param name="Reason">One line, which the user is told, and those who shared rooms with it.</param>
public sealed record Disconnect(UserName User, string Reason) : Intention;

/// <summary>Has a guest wear another name who wears that of an account, or one that looks like it. The server may.</summary>
/// <param name="Owner">The account, which was made while the guest was there.</param>
/// <param name="Except">Number of the user who keeps its name, as the account is its own; 0 for nobody.</param>
public sealed record FreeName(ProvenAccount Owner, long Except = 0) : Intention;

/// <summary>Ends sessions that have logged in to an account, at whatever node they are, but not its stay without a connection. The server may.</summary>
/// <param name="Account">The account.</param>
/// <param name="Except">Ids of the sessions that go on.</param>
/// <param name="Words">One line, which they are told.</param>
/// <param name="Reason">One line, which those who shared rooms with them are told.</param>
public sealed record EndSessions(AccountId Account, IReadOnlyList<long> Except, string Words, string Reason) : Intention
{
    /// <summary>Person, an account or a guest, whose sessions end, too; unknown for nobody.</summary>
    public Identity Person { get; init; }

    /// <summary>Mask of further people whose sessions end, <c>name!ident@host</c> or one of the other forms of a room's bans; empty for nobody.</summary>
    public string Mask { get; init; } = "";
}
