using System.Buffers;
using System.IO.Pipelines;
using Parley.Cluster.Links;
using Parley.Cluster.Membership;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Core.Mirror;
using Parley.Core.Nodes;
using Parley.Core.Nodes.Wire;
using Parley.Core.Queries;

namespace Parley.Cluster.Deciding;

/// <summary>The broker of a node: its sessions ask it as they ask one of a single machine, and the home of the cluster decides, which is this node or another.</summary>
/// <remarks>
/// It follows the membership: when another node becomes home it goes there, with all that is known here; when this node does, it decides
/// for all until that ends. What sessions ask for in between waits.
/// </remarks>
public sealed class ClusterBroker : IBroker, IBrokerCensus, IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly ClusterMembership _membership;
    private readonly NodeListener _listener;
    private readonly NodeConnector _connector;
    private readonly HomeParts _parts;
    private readonly IClusterMonitor _monitor;
    private readonly TimeProvider _time;
    private readonly MirrorBroker _mirror;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastHome;
    private HomeSeat? _seat;
    private IDisposable? _subscription;
    private Task _loop = Task.CompletedTask;

    /// <summary>A node's broker, which follows the membership from <see cref="Start"/> on.</summary>
    /// <param name="membership">The node's place in the cluster.</param>
    /// <param name="listener">The door for links of other nodes.</param>
    /// <param name="connector">Makes links to the home.</param>
    /// <param name="parts">What the node is made of when it becomes home.</param>
    /// <param name="monitor">Is told who is home.</param>
    /// <param name="flushes">Flushes rooms; the thread pool unless given.</param>
    /// <param name="time">The clock.</param>
    public ClusterBroker(
        ClusterMembership membership, NodeListener listener, NodeConnector connector, HomeParts parts, IClusterMonitor monitor, PipeScheduler? flushes, TimeProvider time)
    {
        (_membership, _listener, _connector, _parts, _monitor, _time) = (membership, listener, connector, parts, monitor, time);
        _mirror = new MirrorBroker(flushes ?? PipeScheduler.ThreadPool, keepsHistory: true, membership.View.Self.Generation, time);
    }

    /// <inheritdoc/>
    public bool KeepsHistory => _mirror.KeepsHistory;

    /// <summary>Begins to follow the membership.</summary>
    public void Start()
    {
        _listener.Start(_membership, Accept);
        _subscription = _membership.Subscribe(Changed);
        _loop = Task.Run(FollowAsync);
        _ = AbandonWhenExpelledAsync();
    }

    /// <inheritdoc/>
    public BrokerCensus Census() => _mirror.Census();

    /// <inheritdoc/>
    public SessionId Attach(Session session) => _mirror.Attach(session);

    /// <inheritdoc/>
    public ValueTask DetachAsync(SessionId who, string reason = "") => _mirror.DetachAsync(who, reason);

    /// <inheritdoc/>
    public ValueTask<Decision> AskAsync(SessionId who, Intention what, CancellationToken cancellationToken = default)
        => _mirror.AskAsync(who, what, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<T> LookAsync<T>(SessionId who, Query<T> what, CancellationToken cancellationToken = default)
        => _mirror.LookAsync(who, what, cancellationToken);

    /// <summary>
    /// Decides nothing for the sessions of this node from here on; everything that they have said is shown. Another node is to be home, and
    /// is told by <see cref="DetachAsync"/> who leaves.
    /// </summary>
    public async ValueTask StopAsync()
    {
        await _mirror.StopAsync();
        try
        {
            await _membership.RetireAsync();
        }
        catch (ClusterException e)
        {
            // It makes place when it leaves, or others find out by themselves.
            _monitor.Failed(e.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _stopped.TrySetResult();
        await _stop.CancelAsync();
        _subscription?.Dispose();
        await _loop;
        await _listener.DisposeAsync();
    }

    /// <summary>Ends as a process that is killed: nothing more is kept, and nobody is told anything.</summary>
    internal async Task KillAsync()
    {
        Volatile.Read(ref _seat)?.Drop();
        await DisposeAsync();
    }

    private async Task AbandonWhenExpelledAsync()
    {
        await _membership.Expelled;
        Volatile.Read(ref _seat)?.Drop();
        _mirror.Abandon();
    }

    private void Changed(ClusterView view)
    {
        lock (_gate)
        {
            if (view.Home is null)
            {
                // Whoever was home has left it on purpose, and comes to the next one as all others do.
                _lastHome = 0;
            }
            else if (!view.IsHome)
            {
                _lastHome = view.Home.Value.Generation;
            }

            _changed.TrySetResult();
        }
    }

    /// <summary>Completes when the view is another than now.</summary>
    private Task NextChangeAsync()
    {
        lock (_gate)
        {
            if (_changed.Task.IsCompleted)
            {
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return _changed.Task;
        }
    }

    private async Task FollowAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var changed = NextChangeAsync();
            var view = _membership.View;
            try
            {
                if (view is { IsHome: true, Home: { } home } && _membership.HoldsTerm(home.Term))
                {
                    await BeHomeAsync(home, view);
                }
                else if (view.HomeNode is { } node && !view.IsHome)
                {
                    await FollowAsync(node, view.Home!.Value);
                }
                else
                {
                    await Task.WhenAny(changed, Task.Delay(Retry, _time, _stop.Token));
                }
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                _monitor.Failed(e.Message);
                await Task.Delay(Retry, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Is home until the term is over, or another node is to be.</summary>
    private async Task BeHomeAsync(ClusterHome home, ClusterView view)
    {
        long dead;
        lock (_gate)
        {
            (dead, _lastHome) = (_lastHome, 0);
        }

        var seat = new HomeSeat(home.Term, view.Nodes.Keys.Where(generation => generation != dead), _parts, _time);
        var (send, ended, endAsync) = seat.Accept(view.Self.Generation, _mirror.TakeAsync);
        _monitor.IsHome(home.Term);
        Volatile.Write(ref _seat, seat);
        try
        {
            _mirror.Greet(send);
            var successor = await KeepHouseAsync(seat, home, ended);
            if (_membership.HoldsTerm(home.Term))
            {
                await seat.HandOverAsync();
                await _membership.ResignAsync(successor);
            }
        }
        finally
        {
            Volatile.Write(ref _seat, null);
            seat.Drop();
            await endAsync();
            _mirror.Leave();
            await seat.DisposeAsync();
        }
    }

    /// <summary>Looks who is gone, until somebody else is to be home, or is.</summary>
    private async Task<ClusterNode?> KeepHouseAsync(HomeSeat seat, ClusterHome home, Task ended)
    {
        var known = new HashSet<long>();
        var absences = new Absences(_parts.Patience, _membership.View.Nodes.Keys, _time);
        while (true)
        {
            var changed = NextChangeAsync();
            var view = _membership.View;
            if (_stop.IsCancellationRequested || view.Home != home || view.Successor is not null)
            {
                return view.Successor;
            }

            seat.TellProgress();
            known.UnionWith(view.Nodes.Keys);
            foreach (var gone in known.Where(generation => !view.Nodes.ContainsKey(generation)).ToList())
            {
                known.Remove(gone);
                await seat.ForgetAsync(gone);
            }

            if (absences.Look([.. view.Nodes.Values.Where(node => node.Generation != view.Self.Generation)], seat.Knows, seat.Reaches) is { Count: > 0 } absent)
            {
                if (absences.AreMost)
                {
                    // It is this node that nobody reaches. Another takes its place, and finds out the same way.
                    _monitor.Failed($"No link to {string.Join(", ", absent.Select(node => node.Name))}: another is to be home");
                    return absent[0];
                }

                await ExpelAsync(home, absent);
            }

            using var look = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            await Task.WhenAny(changed, ended, _stopped.Task, Task.Delay(Look, _time, look.Token));
            await look.CancelAsync();
            if (ended.IsFaulted)
            {
                await ended;
            }
        }
    }

    /// <summary>Finds nodes dead that the home cannot reach: their people come back elsewhere.</summary>
    private async Task ExpelAsync(ClusterHome home, IEnumerable<ClusterNode> absent)
    {
        try
        {
            foreach (var node in absent)
            {
                await _membership.ExpelAsync(home, node.Generation, $"{_membership.View.Self.Name}, which is home, had no link to it for {_parts.Patience.TotalSeconds:0} s", _stop.Token);
            }
        }
        catch (ClusterException e)
        {
            // Nobody is judged while the database is away.
            _monitor.Failed(e.Message);
        }
    }

    /// <summary>Has another node decide, for as long as the link to it holds and it is home.</summary>
    private async Task FollowAsync(ClusterNode node, ClusterHome home)
    {
        FramePump<NodeEvent>? events = null;
        NodeLink link;
        try
        {
            link = await _connector.ConnectAsync(
                node,
                link =>
                {
                    events = new FramePump<NodeEvent>(_mirror.TakeAsync);
                    return new EventReader(events, _mirror.AnswerTypeOf);
                },
                _stop.Token);
        }
        catch (LinkException e)
        {
            _monitor.Failed(e.Message);
            await Task.Delay(Retry, _time, _stop.Token);
            return;
        }

        _monitor.Follows(node.Name, home.Term);
        var output = new ArrayBufferWriter<byte>(4096);
        var requests = new FramePump<NodeRequest>(request =>
        {
            output.ResetWrittenCount();
            NodeFrame.Write(request, output);
            link.Send(output.WrittenSpan);
            return default;
        });
        try
        {
            _mirror.Greet(requests.Add);
            while (!link.Closed.IsCompleted)
            {
                var changed = NextChangeAsync();
                if (_membership.View.Home != home)
                {
                    break;
                }

                await Task.WhenAny(changed, link.Closed, events!.Ended, _stopped.Task);
                _stop.Token.ThrowIfCancellationRequested();
                if (events!.Ended.IsFaulted)
                {
                    await events.Ended;
                }
            }
        }
        finally
        {
            requests.Complete();
            link.Close("another node is home");
            await link.DisposeAsync();
            events!.Complete();
            await ((Task)events.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _mirror.Leave();
            _monitor.Left(node.Name, (await link.Closed).Text);
        }
    }

    private IFrameReader Accept(NodeLink link)
    {
        if (Volatile.Read(ref _seat) is { } seat)
        {
            return seat.Accept(link);
        }

        // It has heard that this node is home before this node has; or it has not heard of another.
        link.Close("this node is not home");
        return Nobody.Instance;
    }

    /// <summary>Takes nothing.</summary>
    private sealed class Nobody : IFrameReader
    {
        public static Nobody Instance { get; } = new();

        public void Received(ReadOnlySequence<byte> frame)
        {
        }
    }

    private sealed class EventReader(FramePump<NodeEvent> events, Func<long, Type?> answerTypeOf) : IFrameReader
    {
        public void Received(ReadOnlySequence<byte> frame)
            => events.Add(NodeFrame.ReadEvent(frame.IsSingleSegment ? frame.FirstSpan : frame.ToArray(), answerTypeOf));
    }
}
