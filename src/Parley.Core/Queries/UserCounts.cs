namespace Parley.Core.Queries;

/// <summary>Numbers of users and rooms at one moment.</summary>
/// <param name="Users">All users.</param>
/// <param name="Invisible">Those of them that are not shown to strangers.</param>
/// <param name="Operators">Those of them that run the server.</param>
/// <param name="MaxUsers">The most users that were here at a time.</param>
/// <param name="Rooms">All rooms.</param>
public readonly record struct UserCounts(int Users, int Invisible, int Operators, int MaxUsers, int Rooms);
