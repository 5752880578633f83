namespace Parley.Cli.Cluster;

/// <summary>A node for programs, an object a line.</summary>
/// <param name="Name">Name of the node.</param>
/// <param name="State"><c>active</c> or <c>draining</c>, or <c>late</c> where its sign of life is overdue.</param>
/// <param name="IsHome">True if it decides for all.</param>
/// <param name="Term">Term of the home; the last there was where none is home.</param>
/// <param name="HeartbeatMilliseconds">Age of its last sign of life.</param>
/// <param name="Version">Version of Parley.</param>
/// <param name="Protocol">Newest protocol of links that it speaks.</param>
/// <param name="Generation">Number of this run of it.</param>
/// <param name="Address">Where its links come in.</param>
/// <param name="Listeners">Where it listens for people.</param>
/// <param name="Sessions">Number of sessions that people have there.</param>
internal sealed record ListedNode(
    string Name,
    string State,
    bool IsHome,
    long Term,
    long HeartbeatMilliseconds,
    string Version,
    int Protocol,
    long Generation,
    string Address,
    string Listeners,
    int Sessions);
