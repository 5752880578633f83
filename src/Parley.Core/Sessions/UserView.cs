using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Sessions;

/// <summary>How a user is at one moment.</summary>
/// <param name="Actor">Its name and profile.</param>
/// <param name="Rooms">The rooms it is in, and what it is there.</param>
/// <param name="SignedOn">When it came, UTC.</param>
/// <param name="LastSpoke">When it last said something, or came, UTC.</param>
public sealed record UserView(
    Actor Actor,
    IReadOnlyList<(RoomName Room, MemberRank Rank, bool IsSecret)> Rooms,
    DateTimeOffset SignedOn,
    DateTimeOffset LastSpoke)
{
    /// <summary>What it has set under keys, in the order of these.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = KeptValues.None;
}
