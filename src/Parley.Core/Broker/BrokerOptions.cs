namespace Parley.Core.Broker;

/// <summary>The broker's limits.</summary>
public sealed record BrokerOptions
{
    /// <summary>Rooms that one session may follow at a time; 100 unless set.</summary>
    public int MaxRoomsPerSession { get; init; } = 100;

    /// <summary>Sessions that one account may have at a time; 16 unless set.</summary>
    public int MaxSessionsPerAccount { get; init; } = 16;

    /// <summary>Keys under which a user, or a room, may have values; 20 unless set.</summary>
    public int MaxValues { get; init; } = 20;

    /// <summary>Registered rooms that one account may own; 20 unless set. Those who run the server may give it more.</summary>
    public int MaxRoomsPerAccount { get; init; } = 20;

    /// <summary>Registered rooms in all; 10 000 unless set.</summary>
    public int MaxRegisteredRooms { get; init; } = 10_000;

    /// <summary>Roles in a registered room, its founder not counted; 100 unless set.</summary>
    public int MaxRoles { get; init; } = 100;

    /// <summary>True if a name that looks like one that is worn is refused; no unless set.</summary>
    public bool RefusesLookAlikes { get; init; }

    /// <summary>True if nobody takes a name, and no room is made, that is not of ASCII; no unless set.</summary>
    public bool OnlyAsciiNames { get; init; }
}
