using Parley.Cli.Cluster;
using Parley.Cli.Data;
using Parley.Cluster.Membership;
using Parley.Server.Options;

namespace Parley.Cli.Serve;

/// <summary>Checks of settings about where a server keeps its data, and about its place in a cluster.</summary>
internal static class StoreSettings
{
    /// <summary>A line for each setting at fault. It MUST NOT repeat an address, which may have a password in it.</summary>
    public static IEnumerable<string> Faults(ParleyOptions options)
    {
        if (!DatabaseSetting.TryRead(options.Database, out _))
        {
            yield return $"database: this will not do: give {DatabaseSetting.Form}";
        }

        if (!HistoryOption.IsForm(options.HistoryStore))
        {
            yield return $"history-store: this will not do: give {HistoryOption.Form}";
        }

        if (!DatabaseSetting.TryRead(options.Cluster, out var cluster))
        {
            yield return $"cluster: this will not do: give {DatabaseSetting.Form}";
        }

        if (cluster is null)
        {
            yield break;
        }

        if (!ClusterSeat.IsAuto(options.Node) && !NodeFacts.IsName(options.Node))
        {
            yield return $"node: '{options.Node}' will not do: give letters, digits, '-', '_' and '.', at most 63";
        }

        if (!ClusterSeat.IsAuto(options.ClusterListen) && !ClusterSeat.TryReadAddress(options.ClusterListen, out _))
        {
            yield return $"cluster-listen: '{options.ClusterListen}' will not do: give an address of this machine that other nodes reach, such as 10.0.0.7:7700";
        }
    }
}
