using Parley.Storage.PostgreSql;

namespace Parley.Cluster.Membership;

/// <summary>Where a cluster is, and after how long what is believed. All nodes MUST have the same times.</summary>
/// <param name="Database">The database that all nodes share.</param>
public sealed record ClusterOptions(DatabaseAddress Database)
{
    /// <summary>Time between two heartbeats of a node.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Age of the home's last heartbeat at which another node takes its place.</summary>
    public TimeSpan HomeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Age of a node's last heartbeat at which it is taken for dead, and its people for gone.</summary>
    public TimeSpan NodeTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Time that writes of the last home are given to end, before a new one has their connections cut.</summary>
    public TimeSpan FencePatience { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Difference between a node's clock and the database's at which the node does not start: times of messages would differ so.</summary>
    public TimeSpan MaxClockDifference { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for which only the preferred node may be home next, and whoever gave the place up may not.</summary>
    public TimeSpan Preference { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gap between its own heartbeats behind which a node judges no other for a while: all may have waited for the same thing.</summary>
    internal TimeSpan Gap => HomeTimeout / 2;
}
