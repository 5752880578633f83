using Parley.Core.Broker.History;
using Parley.Core.Broker.Rooms;

namespace Parley.Core.Broker;

/// <summary>The parts of a broker, for a home that decides with them for sessions of other nodes.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="Names">The names that are worn.</param>
/// <param name="Members">The users who have proven an account.</param>
/// <param name="Rooms">The rooms.</param>
/// <param name="Directs">Direct messages.</param>
/// <param name="Past">Those who gave up a name or left.</param>
/// <param name="Counter">Counts users.</param>
/// <param name="Watch">Those who are told when somebody comes or goes.</param>
/// <param name="Queries">Answers questions.</param>
/// <param name="History">The history; null where none is kept.</param>
/// <param name="Time">The clock.</param>
/// <param name="Now">The time of a decision that is made now.</param>
internal sealed record BrokerParts(
    SessionTable Sessions,
    NameDirectory Names,
    MemberDirectory Members,
    RoomDirectory Rooms,
    DirectDelivery Directs,
    PastUsers Past,
    UserCounter Counter,
    PresenceWatch Watch,
    QueryDesk Queries,
    KeptHistory? History,
    TimeProvider Time,
    Func<DateTimeOffset> Now);
