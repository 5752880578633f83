using Parley.Core.Accounts;

namespace Parley.Core.Events;

/// <summary>Rank that an account has in a registered room whenever it is there.</summary>
/// <param name="Account">The account; its id decides, its name is for people to read.</param>
/// <param name="Rank">One rank, never none.</param>
/// <param name="Since">When it was given, UTC.</param>
public sealed record RoomRole(ProvenAccount Account, MemberRank Rank, DateTimeOffset Since);
