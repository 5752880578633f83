using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Queries;

/// <summary>A user by name, with those of its rooms that the viewer may know it to be in; null if nobody of that name is here.</summary>
/// <param name="Name">The name; whoever knows it may ask about it.</param>
public sealed record FindUser(UserName Name) : Query<UserView?>;

/// <summary>Those who wore a name and do so no more, as far as they are remembered; the last one first.</summary>
/// <param name="Name">The name.</param>
public sealed record FindPastUsers(UserName Name) : Query<IReadOnlyList<PastUser>>;

/// <summary>Everybody whom the viewer may find without knowing the name, in no particular order.</summary>
public sealed record ListUsers : Query<IReadOnlyList<Actor>>;

/// <summary>The numbers of users and rooms at this moment.</summary>
public sealed record CountUsers : Query<UserCounts>;
