using Parley.Server.Nodes;

namespace Parley.Server.Status;

/// <summary>The server at one moment, as the status page is told.</summary>
/// <param name="Time">The server's clock, in milliseconds since 1970, UTC.</param>
/// <param name="UpSeconds">Seconds since it started.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Ready">Whether it takes people.</param>
/// <param name="Health">The same in a word or a line.</param>
/// <param name="Metrics">Its own metrics, by name.</param>
/// <param name="Nodes">The nodes of the cluster; none where the server is alone.</param>
internal sealed record StatusSnapshot(
    long Time, long UpSeconds, string Version, bool Ready, string Health, Dictionary<string, StatusMetric> Metrics, IReadOnlyList<ServerNode> Nodes);
