using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using Parley.Core.Broker;
using Parley.Core.Broker.Homes;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Core.Mirror;
using Parley.Core.Nodes;
using Parley.Core.Nodes.Wire;
using Parley.Core.Queries;

namespace Parley.Core.Tests.Fixtures;

/// <summary>A broker at home, and nodes that mirror it: sessions are spread over the nodes in turn, and all that crosses does so as bytes.</summary>
internal sealed class MirroredBroker : IBroker
{
    private readonly List<MirrorBroker> _nodes = [];
    private readonly List<MirrorLink?> _links = [];
    private readonly bool _isInline;
    private LocalBroker _broker;
    private Home _home;
    private int _next = -1;

    /// <summary>Nodes around a home.</summary>
    /// <param name="broker">Decides.</param>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="flushes">Flushes the rooms of the nodes.</param>
    /// <param name="isInline">Whether nodes take what comes of a request before that returns, instead of when they come to it; for a home that keeps nothing.</param>
    public MirroredBroker(LocalBroker broker, int nodes, PipeScheduler? flushes = null, bool isInline = false)
    {
        (_broker, _isInline) = (broker, isInline);
        for (var i = 0; i < nodes; i++)
        {
            _nodes.Add(new MirrorBroker(flushes ?? PipeScheduler.ThreadPool, broker.KeepsHistory, i + 1, TimeProvider.System));
        }

        _home = Begin(broker, expected: []);
    }

    public bool KeepsHistory => _broker.KeepsHistory;

    /// <summary>The nodes, as brokers of their own sessions.</summary>
    public IReadOnlyList<IBroker> Nodes => _nodes;

    /// <summary>The home dies, in the middle of whatever it does; there is none until <see cref="MoveTo"/>.</summary>
    public void Kill()
    {
        _home.Dispose();
        _links.ForEach(link => link?.Cut());
        _links.Clear();
        _nodes.ForEach(node => node.Leave());
    }

    /// <summary>From here on, a node is told nothing, as if what is sent to it were still on its way.</summary>
    public void Deafen(int node) => _links[node]!.Deafen();

    /// <summary>From here on, nothing gets through between a node and the home, and neither knows.</summary>
    public void Cut(int node) => _links[node]!.Cut();

    /// <summary>Another broker is home from here on.</summary>
    /// <param name="broker">Decides.</param>
    /// <param name="dead">Numbers of nodes that are gone.</param>
    public Task MoveTo(LocalBroker broker, params int[] dead)
    {
        foreach (var number in dead.OrderDescending())
        {
            _nodes.RemoveAt(number);
        }

        _broker = broker;
        _home = Begin(broker, [.. Enumerable.Range(0, _nodes.Count).Select(number => number + 1L)]);
        return _home.Ready;
    }

    /// <summary>Another broker is home from here on, and waits for a node no longer, which comes with <see cref="Arrive"/>.</summary>
    public Task MoveWithout(LocalBroker broker, int late)
    {
        _broker = broker;
        _home = Begin(broker, [.. Enumerable.Range(0, _nodes.Count).Where(number => number != late).Select(number => number + 1L)], late);
        return _home.Ready;
    }

    /// <summary>A node comes to the home, or comes again over another link.</summary>
    public void Arrive(int node)
    {
        _links[node]?.Cut();
        _nodes[node].Leave();
        Connect(_home, node);
    }

    /// <summary>The home tells its nodes how far it has come, as it does now and then.</summary>
    public void TellProgress() => _home.TellProgress();

    public SessionId Attach(Session session)
        => session.Id != default ? NodeOf(session.Id).Attach(session) : _nodes[(int)((uint)Interlocked.Increment(ref _next) % _nodes.Count)].Attach(session);

    public ValueTask DetachAsync(SessionId who, string reason = "") => NodeOf(who).DetachAsync(who, reason);

    public ValueTask<Decision> AskAsync(SessionId who, Intention what, CancellationToken cancellationToken = default)
        => NodeOf(who).AskAsync(who, what, cancellationToken);

    public ValueTask<T> LookAsync<T>(SessionId who, Query<T> what, CancellationToken cancellationToken = default)
        => NodeOf(who).LookAsync(who, what, cancellationToken);

    public async ValueTask StopAsync()
    {
        await StopNodesAsync();
        await _broker.StopAsync();

        // What the last of them has accepted, the others have too.
        await StopNodesAsync();
    }

    private async Task StopNodesAsync()
    {
        foreach (var node in _nodes)
        {
            await node.StopAsync();
        }
    }

    private Home Begin(LocalBroker broker, long[] expected, int? late = null)
    {
        var home = new Home(broker, expected, TimeSpan.FromMinutes(1), TimeProvider.System);
        for (var i = 0; i < _nodes.Count; i++)
        {
            _links.Add(null);
            if (i != late)
            {
                Connect(home, i);
            }
        }

        return home;
    }

    private void Connect(Home home, int node)
    {
        var link = new MirrorLink(home, _nodes[node], node + 1, _isInline ? _links : null);
        _links[node] = link;
        link.Open();
    }

    private MirrorBroker NodeOf(SessionId who) => who.Value > 0 ? _nodes[(int)(who.Value >> MirrorBroker.SessionBits) - 1] : _nodes[0];
}
