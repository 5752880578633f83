using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Queries;

/// <summary>The attention of an account's owner: sees what is said, or may be told of it elsewhere. For the server itself; all others are answered that nobody is in reach.</summary>
/// <param name="Account">The account.</param>
/// <param name="Room">Where it is said; empty for a direct message to the account.</param>
/// <param name="Last">Where the owner was when its last session ended; null if nothing is known.</param>
public sealed record FindAttention(ProvenAccount Account, RoomName Room, LastPlace? Last) : Query<Attention>;
