using Parley.Core.Broker.Sessions;

namespace Parley.Core.Broker;

/// <summary>Numbers of users, sessions, rooms and waiting bytes at one moment: approximate, as they may change while they are counted.</summary>
/// <param name="Users">Users who are signed in.</param>
/// <param name="Sessions">Their sessions.</param>
/// <param name="Rooms">Rooms.</param>
/// <param name="WaitingBytes">Bytes that wait in their outboxes.</param>
public readonly record struct BrokerCensus(int Users, int Sessions, int Rooms, long WaitingBytes)
{
    /// <summary>Counts users with their sessions, and what waits for those.</summary>
    internal static BrokerCensus Of(IEnumerable<User> here, int rooms)
    {
        var (users, sessions, waiting) = (0, 0, 0L);
        foreach (var user in here)
        {
            users++;
            foreach (var session in user.Sessions)
            {
                sessions += session.IsStandIn ? 0 : 1;
                waiting += session.Outbox.WaitingBytes;
            }
        }

        return new BrokerCensus(users, sessions, rooms, waiting);
    }
}
