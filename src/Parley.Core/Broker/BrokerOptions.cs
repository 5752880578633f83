namespace Parley.Core.Broker;

/// <summary>The broker's limits.</summary>
public sealed record BrokerOptions
{
    /// <summary>Rooms that one session may follow at a time; 100 unless set.</summary>
    public int MaxRoomsPerSession { get; init; } = 100;

    /// <summary>Keys under which a user, or a room, may have values; 20 unless set.</summary>
    public int MaxValues { get; init; } = 20;
}
