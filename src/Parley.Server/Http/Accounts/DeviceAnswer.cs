namespace Parley.Server.Http.Accounts;

/// <summary>A browser or program that is logged in to an account.</summary>
/// <param name="Device">Its number.</param>
/// <param name="Name">Words by which its owner knows it.</param>
/// <param name="LoggedIn">When it logged in, UTC.</param>
/// <param name="LastSeen">When it was last seen, UTC, give or take an hour.</param>
/// <param name="IsThis">True for the one that asks.</param>
internal sealed record DeviceAnswer(long Device, string Name, DateTimeOffset LoggedIn, DateTimeOffset LastSeen, bool IsThis);
