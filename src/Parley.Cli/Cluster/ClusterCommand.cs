using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Parley.Cli.Terminal;
using Parley.Cluster;
using Parley.Cluster.Admin;
using Parley.Cluster.Membership;
using Parley.Core.Text;
using Parley.Storage.PostgreSql;

namespace Parley.Cli.Cluster;

/// <summary>Commands about a cluster, through its database.</summary>
internal static class ClusterCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Prints the nodes.</summary>
    public static Task<int> StatusAsync(DatabaseAddress database, bool json, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
        => RunAsync(database, errors, async admin =>
        {
            var status = await admin.StatusAsync(cancellationToken);
            if (json)
            {
                foreach (var node in status.Nodes)
                {
                    await output.WriteLineAsync(JsonSerializer.Serialize(Listed(status, node), ClusterJson.Lines.ListedNode));
                }

                return;
            }

            var home = status.Nodes.FirstOrDefault(node => node.IsHome);
            await output.WriteLineAsync(home is null ? $"home       none (last term {status.Term})" : $"home       {home.Node.Name} (term {status.Term})");
            var width = status.Nodes.Select(node => node.Node.Name.Length).Append(10).Max();
            foreach (var node in status.Nodes)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{VisibleText.Of(node.Node.Name).PadRight(width)} {node.State,-8} {node.HeartbeatAge.TotalSeconds,5:0.0} s  {Counted.Of(node.Sessions, "session"),-13} {node.Node.Version,-8} links={node.Node.Address} {VisibleText.Of(node.Node.Listeners)}").TrimEnd());
            }
        }, cancellationToken);

    /// <summary>Has a node take no more terms and send its people to others, and waits until they have gone.</summary>
    public static Task<int> DrainAsync(
        DatabaseAddress database, string name, bool isWaiting, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
        => RunAsync(database, errors, async admin =>
        {
            var begin = Stopwatch.GetTimestamp();
            var node = await admin.DrainAsync(name, cancellationToken);
            await output.WriteLineAsync($"{node.Name} is draining: it sends its people to other nodes, and is never home again");
            if (isWaiting)
            {
                await WaitAsync(admin, node, begin, output, cancellationToken);
            }
        }, cancellationToken);

    private static async Task WaitAsync(ClusterAdmin admin, ClusterNode node, long begin, TextWriter output, CancellationToken cancellationToken)
    {
        int? told = null;
        while ((await admin.StatusAsync(cancellationToken)).Nodes.FirstOrDefault(each => each.Node.Generation == node.Generation) is { } now)
        {
            // What it said before it was drained is of no use: somebody may have come since.
            if (now.HeartbeatAge < Stopwatch.GetElapsedTime(begin))
            {
                if (now.Sessions == 0)
                {
                    await output.WriteLineAsync($"{node.Name} has no people left: stop it when you like");
                    return;
                }

                if (now.Sessions != told)
                {
                    await output.WriteLineAsync($"{Counted.Of(now.Sessions, "session")} left");
                    told = now.Sessions;
                }
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }

        await output.WriteLineAsync($"{node.Name} has left the cluster");
    }

    /// <summary>Has the home make place for a node.</summary>
    public static Task<int> MoveAsync(DatabaseAddress database, string name, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
        => RunAsync(database, errors, async admin =>
        {
            var node = await admin.MoveAsync(name, cancellationToken);
            await output.WriteLineAsync($"{node.Name} is to be home next");
        }, cancellationToken);

    private static ListedNode Listed(ClusterStatus status, NodeStatus node) => new(
        node.Node.Name,
        node.State,
        node.IsHome,
        status.Term,
        (long)node.HeartbeatAge.TotalMilliseconds,
        node.Node.Version,
        node.Node.Protocol,
        node.Node.Generation,
        node.Node.Address,
        node.Node.Listeners,
        node.Sessions);

    private static async Task<int> RunAsync(DatabaseAddress database, TextWriter errors, Func<ClusterAdmin, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await using var admin = await ClusterAdmin.OpenAsync(database, cancellationToken);
            await run(admin);
            return 0;
        }
        catch (ClusterException e)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
