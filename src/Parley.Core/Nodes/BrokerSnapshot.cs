using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Nodes;

/// <summary>All that a broker knows and no store does, as data: enough for another process to go on where this one has stopped.</summary>
/// <param name="Users">Everybody who is here.</param>
/// <param name="Sessions">The sessions that have a user.</param>
/// <param name="Rooms">The rooms.</param>
/// <param name="MaxUsers">The largest number of users that were here at a time.</param>
internal sealed record BrokerSnapshot(
    IReadOnlyList<UserSnapshot> Users, IReadOnlyList<SessionSnapshot> Sessions, IReadOnlyList<HandedRoom> Rooms, int MaxUsers);
