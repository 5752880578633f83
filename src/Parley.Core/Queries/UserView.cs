using Parley.Core.Events;
using Parley.Core.Rooms;

namespace Parley.Core.Queries;

/// <summary>A snapshot of a user.</summary>
/// <param name="Actor">Its name and profile.</param>
/// <param name="Rooms">The rooms that the viewer may know it to be in.</param>
/// <param name="SignedOn">When it came, UTC.</param>
/// <param name="LastSpoke">When it last said something, or came, UTC.</param>
public sealed record UserView(
    Actor Actor,
    IReadOnlyList<UserPlace> Rooms,
    DateTimeOffset SignedOn,
    DateTimeOffset LastSpoke)
{
    /// <summary>Generations of the nodes of a cluster at which the user's sessions are; none where there is no cluster.</summary>
    public IReadOnlyList<long> Nodes { get; init; } = [];

    /// <summary>Values that the user has set under keys, in the order of the keys.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = KeptValues.None;
}
