using Parley.ClusterCheck.Machine;
using Parley.ClusterCheck.Talking;

namespace Parley.ClusterCheck.Faults;

/// <summary>Makes faults, and ends them.</summary>
/// <param name="cluster">Where they are made.</param>
/// <param name="clients">Clients, some of which leave a node that says nothing.</param>
internal sealed class FaultInjector(TestedCluster cluster, IReadOnlyList<Chatter> clients)
{
    private const int Cuts = 5;
    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    /// <summary>Makes a fault, and returns when it is over, with what it was about; nodes that are gone then are still to be started.</summary>
    public async Task<string> RunAsync(Fault fault, CancellationToken cancellationToken)
    {
        var home = await cluster.HomeAsync();
        var others = cluster.Nodes.Where(node => node != home).ToArray();
        var other = others.Length > 0 ? others[fault.Choice % others.Length] : home;
        switch (fault.Kind)
        {
            case FaultKind.None:
                await WaitAsync();
                return "nothing";
            case FaultKind.KillHome or FaultKind.KillOther:
                var killed = fault.Kind == FaultKind.KillHome ? home : other;
                await killed.KillAsync();
                await WaitAsync();
                return killed.Name;
            case FaultKind.FreezeHome or FaultKind.FreezeOther:
                return await FreezeAsync(fault.Kind == FaultKind.FreezeHome ? home : other);
            case FaultKind.StopHome:
                home.Stop();
                await home.WaitAsync(StopLimit);
                return home.Name;
            case FaultKind.FreezeDatabase:
                cluster.Database.Freeze();
                await FinallyAsync(WaitAsync, () =>
                {
                    cluster.Database.Thaw();
                    return Task.CompletedTask;
                });
                return INetwork.Database;
            case FaultKind.StopDatabase or FaultKind.CrashDatabase:
                await cluster.Database.StopAsync(fault.Kind == FaultKind.CrashDatabase ? UnixSignal.Quit : UnixSignal.Interrupt);
                await FinallyAsync(fault.Kind == FaultKind.CrashDatabase ? () => Task.CompletedTask : WaitAsync, cluster.Database.StartAsync);
                return INetwork.Database;
            case FaultKind.CutConnections:
                for (var i = 0; i < Cuts; i++)
                {
                    await cluster.Database.CutConnectionsAsync();
                    await Task.Delay(fault.Duration / Cuts, cancellationToken);
                }

                return INetwork.Database;
            default:
                return await CutAsync(fault.Kind is FaultKind.CutHomeFromNodes or FaultKind.CutHomeFromDatabase or FaultKind.IsolateHome ? home : other);
        }

        Task WaitAsync() => Task.Delay(fault.Duration, cancellationToken);

        async Task<string> FreezeAsync(Node node)
        {
            node.Freeze();
            await FinallyAsync(
                async () =>
                {
                    await Task.Delay(fault.Duration < Impatience ? fault.Duration : Impatience, cancellationToken);
                    var leaving = clients.Where(client => client.Connection?.Journal.Node == node.Name).Where((_, place) => ((fault.Choice >> place) & 1) == 0);
                    await Task.WhenAll(leaving.Select(client => client.GiveUpAsync()));
                    await Task.Delay(fault.Duration > Impatience ? fault.Duration - Impatience : TimeSpan.Zero, cancellationToken);
                },
                () =>
                {
                    node.Thaw();
                    return Task.CompletedTask;
                });
            return node.Name;
        }

        async Task<string> CutAsync(Node node)
        {
            var isFromNodes = fault.Kind is not (FaultKind.CutHomeFromDatabase or FaultKind.CutOtherFromDatabase);
            var isFromDatabase = fault.Kind is not (FaultKind.CutHomeFromNodes or FaultKind.CutOtherFromNodes);
            foreach (var each in cluster.Nodes.Where(each => isFromNodes && each != node))
            {
                await cluster.Network.CutAsync(node.Name, each.Name);
            }

            if (isFromDatabase)
            {
                await cluster.Network.CutAsync(node.Name, INetwork.Database);
            }

            await FinallyAsync(WaitAsync, cluster.Network.HealAsync);
            return node.Name;
        }
    }

    /// <summary>Ends a fault also where the run is given up.</summary>
    private static async Task FinallyAsync(Func<Task> wait, Func<Task> end)
    {
        try
        {
            await wait();
        }
        finally
        {
            await end();
        }
    }
}
