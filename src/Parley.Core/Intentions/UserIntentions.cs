using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Intentions;

/// <summary>Brings a new user in under a free name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Profile">Details that others may know of the user; none unless given.</param>
public sealed record SignIn(UserName Name, UserProfile? Profile = null) : Intention;

/// <summary>Becomes a session of a user who is here. Whether it may is for the caller to have checked.</summary>
/// <param name="Name">The user.</param>
public sealed record SignInAs(UserName Name) : Intention;

/// <summary>Gives the user another name, everywhere. The old one is free afterwards.</summary>
/// <param name="NewName">The name.</param>
public sealed record Rename(UserName NewName) : Intention;

/// <summary>Gives the user another profile, everywhere.</summary>
/// <param name="Profile">The profile.</param>
public sealed record UpdateProfile(UserProfile Profile) : Intention;

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

/// <summary>Tells the other sessions of the user, and those of others who have proven the same account, how far it has read.</summary>
/// <param name="Target">Where, as the session's protocol names it.</param>
/// <param name="Time">Time of the last message that was read, UTC.</param>
public sealed record ShareReadMarker(string Target, DateTimeOffset Time) : Intention;

/// <summary>Ends all sessions of a user. Operators of the server may, and the server itself.</summary>
/// <param name="User">The user.</param>
/// <param name="Reason">One line, which the user is told, and those who shared rooms with it.</param>
public sealed record Disconnect(UserName User, string Reason) : Intention;
