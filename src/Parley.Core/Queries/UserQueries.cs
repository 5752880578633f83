using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Queries;

/// <summary>A user by name, with those of its rooms that the viewer may know it to be in; null if nobody of that name is here.</summary>
/// <param name="Name">The name; whoever knows it may ask about it.</param>
/// <param name="WithRooms">False to leave the rooms out, each of which has to be asked: for whoever asks about many users.</param>
public sealed record FindUser(UserName Name, bool WithRooms = true) : Query<UserView?>
{
    /// <summary>True if somebody will do whose name looks like it, where such names are refused.</summary>
    public bool OrLookAlike { get; init; }
}

/// <summary>Those who wore a name and do so no more, as far as they are remembered; the last one first.</summary>
/// <param name="Name">The name.</param>
public sealed record FindPastUsers(UserName Name) : Query<IReadOnlyList<PastUser>>;

/// <summary>Everybody whom the viewer may find without knowing the name, by name: one page of them, as what all of them take grows with the server.</summary>
/// <param name="After">Name before the first; <c>default</c> for the beginning.</param>
/// <param name="Limit">Users to look at, whether the viewer may find them or not.</param>
public sealed record ListUsers(UserName After = default, int Limit = int.MaxValue) : Query<Page<Actor, UserName>>;

/// <summary>The numbers of users and rooms at this moment.</summary>
public sealed record CountUsers : Query<UserCounts>;
