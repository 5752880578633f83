using Parley.Core.Nodes;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Homes;

/// <summary>The home of a cluster: the one broker that decides, and the nodes whose sessions it decides for.</summary>
/// <remarks>
/// A new home waits for the nodes that were there under the last one, or for so long, before it decides anything: what each knows goes into
/// the state that all go on with. A node that comes later is taken in by itself.
/// </remarks>
internal sealed class Home : IDisposable
{
    private readonly LocalBroker _broker;
    private readonly Adoption _adoption;
    private readonly MissedDirects _directs;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _adopting = new(1);

    // Guards what follows.
    private readonly Lock _gate = new();
    private readonly HashSet<long> _expected;
    private readonly List<HomeNode> _nodes = [];
    private List<(HomeNode Node, NodeSnapshot Snapshot)>? _arrived = [];

    /// <summary>A home that nobody has come to.</summary>
    /// <param name="broker">Decides.</param>
    /// <param name="expected">Generations of the nodes that were there before.</param>
    /// <param name="patience">Time that it waits for them.</param>
    /// <param name="time">The clock.</param>
    public Home(LocalBroker broker, IEnumerable<long> expected, TimeSpan patience, TimeProvider time)
    {
        _broker = broker;
        _adoption = new Adoption(broker.Parts);
        _directs = new MissedDirects(broker.Parts);
        _expected = [.. expected];
        Ready = Task.Run(() => BeginAfterAsync(Task.Delay(patience, time, _end.Token)));
        TryBegin();
    }

    /// <summary>Completes when it decides.</summary>
    public Task Ready { get; }

    private TaskCompletionSource AllArrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The nodes that are connected.</summary>
    public IReadOnlyList<HomeNode> Nodes
    {
        get
        {
            lock (_gate)
            {
                return [.. _nodes];
            }
        }
    }

    /// <summary>A node is connected, and will say what it knows.</summary>
    /// <param name="generation">Generation of the node.</param>
    /// <param name="send">Sends to the node, in the order of the calls, which come under gates: MUST NOT block, throw, or call back into the core.</param>
    public HomeNode Connect(long generation, Action<NodeEvent> send)
    {
        var node = new HomeNode(_broker, generation, send);
        lock (_gate)
        {
            _nodes.Add(node);
        }

        return node;
    }

    /// <summary>Takes what a node has sent, in its order.</summary>
    public void Receive(HomeNode node, NodeRequest request)
    {
        if (request is not Hello hello)
        {
            node.Receive(request);
            return;
        }

        lock (_gate)
        {
            _arrived?.Add((node, hello.Snapshot));
            if (_arrived is not null)
            {
                _expected.Remove(node.Generation);
                TryBegin();
                return;
            }
        }

        _ = Task.Run(() => AdoptAsync([(node, hello.Snapshot)]));
    }

    /// <summary>The link to a node has ended: it is told nothing until it comes back with all that it knows, or is gone for good. Until then its people keep their names and places.</summary>
    public void Lose(HomeNode node)
    {
        node.Silence();
        lock (_gate)
        {
            _arrived?.RemoveAll(its => its.Node == node);
        }
    }

    /// <summary>True if a node has come, whether or not its link still holds.</summary>
    /// <param name="generation">Generation of the node.</param>
    public bool Knows(long generation) => Nodes.Any(node => node.Generation == generation);

    /// <summary>True if there is a link to a node.</summary>
    /// <param name="generation">Generation of the node.</param>
    public bool Reaches(long generation) => Nodes.Any(node => node.Generation == generation && !node.IsSilent);

    /// <summary>Tells nodes how far it has come, so that another home need not look back further than to the last of these calls.</summary>
    public void TellProgress()
    {
        foreach (var node in Nodes)
        {
            node.TellProgress();
        }
    }

    /// <summary>A node is gone for good: nobody waits for it, and its sessions end.</summary>
    /// <param name="generation">Generation of the node.</param>
    public async Task ForgetAsync(long generation)
    {
        lock (_gate)
        {
            _expected.Remove(generation);
            _arrived?.RemoveAll(its => its.Node.Generation == generation);
            TryBegin();
        }

        await EndInTurnAsync(node => node.Generation == generation);
    }

    /// <summary>Tells nobody anything any more: another is home. Does nothing the second time.</summary>
    public void Dispose()
    {
        // It is not disposed of: whoever waits for a node still looks at it.
        _end.Cancel();
        foreach (var node in Nodes)
        {
            node.Silence();
        }
    }

    private async Task EndInTurnAsync(Func<HomeNode, bool> which)
    {
        await _adopting.WaitAsync(_end.Token);
        try
        {
            await EndAsync(which);
        }
        finally
        {
            _adopting.Release();
        }
    }

    /// <summary>Ends nodes.</summary>
    /// <param name="which">Those that end.</param>
    /// <param name="heir">The node over whose link they go on; null if they are gone for good.</param>
    private async Task EndAsync(Func<HomeNode, bool> which, HomeNode? heir = null)
    {
        HomeNode[] gone;
        lock (_gate)
        {
            gone = [.. _nodes.Where(which)];
            _nodes.RemoveAll(gone.Contains);
        }

        foreach (var node in gone)
        {
            node.Silence();
            await (heir is not null && node.IsAdopted ? node.EndAsync(heir, RoomDifference.Lost) : node.EndAsync(RoomDifference.Lost));
        }
    }

    private void TryBegin()
    {
        lock (_gate)
        {
            if (_expected.Count == 0)
            {
                AllArrived.TrySetResult();
            }
        }
    }

    private async Task BeginAfterAsync(Task patience)
    {
        await Task.WhenAny(AllArrived.Task, patience);
        List<(HomeNode Node, NodeSnapshot Snapshot)> arrived;
        lock (_gate)
        {
            (arrived, _arrived) = (_arrived!, null);
        }

        await AdoptAsync(arrived);
    }

    /// <summary>True if a node has come before another, and both are still here.</summary>
    private bool IsBefore(HomeNode node, HomeNode other)
    {
        lock (_gate)
        {
            return _nodes.IndexOf(node) < _nodes.IndexOf(other);
        }
    }

    private async Task AdoptAsync(IReadOnlyList<(HomeNode Node, NodeSnapshot Snapshot)> nodes)
    {
        try
        {
            await _adopting.WaitAsync(_end.Token);
            try
            {
                foreach (var (node, _) in nodes)
                {
                    // Its last link may not have been found dead yet.
                    await EndAsync(other => other.Generation == node.Generation && IsBefore(other, node), heir: node);
                }

                // Another link may have taken the place of one of these by now.
                var current = Nodes;
                nodes = [.. nodes.Where(its => current.Contains(its.Node))];
                await _adoption.AdoptAsync(nodes, _end.Token);
                foreach (var (node, _) in nodes)
                {
                    (node.IsAdopted, node.Former) = (true, null);
                }

                await _directs.TellAsync(nodes, _end.Token);
                foreach (var (node, _) in nodes)
                {
                    node.Send(new Adopted());
                }
            }
            finally
            {
                _adopting.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // Another is home.
        }
    }
}
