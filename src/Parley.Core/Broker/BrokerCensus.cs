namespace Parley.Core.Broker;

/// <summary>How many there are at a moment: about, as things go on while they are counted.</summary>
/// <param name="Users">Users who are signed in.</param>
/// <param name="Sessions">Their sessions.</param>
/// <param name="Rooms">Rooms.</param>
/// <param name="WaitingBytes">Bytes that wait in their outboxes.</param>
public readonly record struct BrokerCensus(int Users, int Sessions, int Rooms, long WaitingBytes);
