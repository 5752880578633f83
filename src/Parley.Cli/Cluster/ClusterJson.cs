using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Cli.Cluster;

/// <summary>Nodes as <c>parley cluster status --json</c> prints them. Generated when the program is built, as a native one cannot look types up.</summary>
[JsonSerializable(typeof(ListedNode))]
internal sealed partial class ClusterJson : JsonSerializerContext
{
    /// <summary>Names as in JavaScript.</summary>
    public static ClusterJson Lines { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
}
