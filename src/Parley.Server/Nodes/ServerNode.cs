namespace Parley.Server.Nodes;

/// <summary>A node of a cluster.</summary>
/// <param name="Generation">Number of this run of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>active</c>, <c>draining</c>, or <c>late</c> where its sign of life is overdue.</param>
/// <param name="IsHome">True if it decides for all.</param>
/// <param name="IsSelf">True if it is this one.</param>
/// <param name="Sessions">Number of sessions that people have there.</param>
/// <param name="HeartbeatMilliseconds">Age of its last sign of life.</param>
/// <param name="Version">Version of Parley.</param>
public sealed record ServerNode(
    long Generation,
    string Name,
    string State,
    bool IsHome,
    bool IsSelf,
    int Sessions,
    long HeartbeatMilliseconds,
    string Version);
