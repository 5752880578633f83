namespace Parley.Core.Broker;

/// <summary>The broker's limits.</summary>
public sealed record BrokerOptions
{
    /// <summary>Rooms that one session may follow at a time; 100 unless set.</summary>
    public int MaxRoomsPerSession { get; init; } = 100;
}
