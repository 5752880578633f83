using System.Diagnostics;
using Parley.ClusterCheck.Judging;

namespace Parley.ClusterCheck.Machine;

/// <summary>The nodes and the database of a run.</summary>
internal sealed class TestedCluster : IAsyncDisposable
{
    private static readonly TimeSpan HealLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private TestedCluster(INetwork network, Database database, IReadOnlyList<Node> nodes) => (Network, Database, Nodes, Audit) = (network, database, nodes, new Audit(database));

    /// <summary>How they are connected.</summary>
    public INetwork Network { get; }

    /// <summary>The database.</summary>
    public Database Database { get; }

    /// <summary>The nodes.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>What the database knows.</summary>
    public Audit Audit { get; }

    /// <summary>Starts all of it.</summary>
    public static async Task<TestedCluster> StartAsync(INetwork network, string postgres, string program, int count, string logs, CancellationToken cancellationToken)
    {
        string[] names = [.. Enumerable.Range(1, count).Select(number => $"node{number}")];
        var database = await Database.StartAsync(network, postgres, Path.Combine(logs, "postgres.log"), names);
        var cluster = new TestedCluster(network, database, [.. names.Select(name => new Node(name, program, network, database, logs))]);
        try
        {
            foreach (var node in cluster.Nodes)
            {
                await node.StartAsync();
            }

            if (await cluster.HealAsync(cancellationToken) is { } fault)
            {
                throw new InvalidOperationException($"{fault.Description}, see {logs}");
            }

            await cluster.Audit.InstallAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The node that is home, or else the first.</summary>
    public async Task<Node> HomeAsync()
    {
        var name = await Audit.ReadHomeAsync();
        return Nodes.FirstOrDefault(node => node.Name == name) ?? Nodes[0];
    }

    /// <summary>Starts nodes that are gone, and waits until all take part and one of them is home; what does not come about is a finding.</summary>
    public async Task<Finding?> HealAsync(CancellationToken cancellationToken)
    {
        await Network.HealAsync();
        if (await WaitUntilWholeAsync(cancellationToken) is not { } missing)
        {
            return null;
        }

        // So that the next round has all nodes.
        foreach (var node in missing)
        {
            await node.KillAsync();
        }

        await WaitUntilWholeAsync(cancellationToken);
        return new Finding(
            FindingKind.NotHealed,
            $"{HealLimit.TotalSeconds:0} s after the fault {(missing.Count > 0 ? $"{string.Join(" and ", missing.Select(node => node.Name))} did not take part" : "no node was home")}");
    }

    /// <summary>Starts nodes until all are there; returns those that do not come.</summary>
    private async Task<IReadOnlyList<Node>?> WaitUntilWholeAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var node in Nodes.Where(node => !node.Lives))
            {
                await node.StartAsync();
            }

            var (living, home) = (await Audit.ReadLivingAsync(), await Audit.ReadHomeAsync());
            var missing = Nodes.Where(node => !node.IsReady || !living.Contains(node.Name, StringComparer.Ordinal)).ToList();
            if (missing.Count == 0 && home is not null)
            {
                return null;
            }

            if (Stopwatch.GetElapsedTime(start) > HealLimit)
            {
                return missing;
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Database.DisposeAsync();
    }
}
