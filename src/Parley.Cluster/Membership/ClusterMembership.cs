using System.Collections.Immutable;
using Npgsql;
using Parley.Core.History;

namespace Parley.Cluster.Membership;

/// <summary>
/// A node's place in the cluster: gives signs of life, sees who else is there, and takes the place of a home that gives none. At most one
/// node holds a term at any time, and none holds it longer than others believe.
/// </summary>
/// <remarks>The database alone decides; without it nobody is judged and nobody becomes home, and who was home does not hold its term.</remarks>
public sealed class ClusterMembership : INodeDirectory, IAsyncDisposable
{
    private readonly ClusterOptions _options;
    private readonly IMembershipMonitor _monitor;
    private readonly TimeProvider _time;
    private readonly NodeReading _reading;
    private readonly long _generation;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _expelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Task _loop;
    private NpgsqlConnection? _connection;
    private ClusterView _view;
    private IReadOnlyList<NodeStatus> _statuses = [];
    private Action<ClusterView>? _listeners;
    private string _addresses = "";
    private Func<int> _sessions = () => 0;
    private TimeSpan _homeAge;
    private bool _hasFailed;
    private long _beatAt;
    private long _resignedTerm;
    private long _resignedAt;

    private ClusterMembership(
        ClusterOptions options, ClusterView view, NpgsqlConnection connection, IMembershipMonitor monitor, TimeProvider time)
    {
        _options = options;
        _view = view;
        _connection = connection;
        _monitor = monitor;
        _time = time;
        _generation = view.Self.Generation;
        _reading = new NodeReading(options, time);
        _beatAt = time.GetTimestamp() - (long)(options.HomeTimeout.TotalSeconds * time.TimestampFrequency);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>The cluster as it was last read.</summary>
    public ClusterView View => Volatile.Read(ref _view);

    /// <summary>The nodes, by name, as they were at this one's last sign of life; none before its first.</summary>
    public IReadOnlyList<NodeStatus> Statuses => Volatile.Read(ref _statuses);

    /// <summary>Number of sessions that people have here now.</summary>
    public int Sessions => Volatile.Read(ref _sessions)();

    /// <summary>True while nobody can decide, as far as is known here: the database has not answered for as long as a home is waited for, or no node is home.</summary>
    public bool IsStalled => View.Home is null || _time.GetElapsedTime(Volatile.Read(ref _beatAt)) >= _options.HomeTimeout;

    /// <summary>Completes, with the reason, when others have found this node dead: it MUST end, and start again as another.</summary>
    public Task<string> Expelled => _expelled.Task;

    /// <summary>Takes part.</summary>
    /// <exception cref="ClusterException">It cannot; nothing was changed.</exception>
    public static async Task<ClusterMembership> StartAsync(
        ClusterOptions options, NodeFacts facts, IMembershipMonitor monitor, TimeProvider time, CancellationToken cancellationToken = default)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await MembershipConnection.OpenAsync(options, cancellationToken);
            var self = await new NodeEntrance(connection, options, time).EnterAsync(facts, cancellationToken);
            var view = new ClusterView(self, ImmutableSortedDictionary<long, ClusterNode>.Empty.Add(self.Generation, self), null, null);
            return new ClusterMembership(options, view, connection, monitor, time);
        }
        catch (Exception e)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            throw e is HistoryException ? new ClusterException(e.Message, e)
                : MembershipConnection.IsFailure(e) ? MembershipConnection.Failure(options.Database, e) : e;
        }
    }

    /// <summary>
    /// True while this node is home under that term, and no other can be. It becomes false by itself before another can take its place, also
    /// where the process stood still meanwhile: ask again behind whatever may have taken long.
    /// </summary>
    public bool HoldsTerm(long term)
        => View.Home is { } home && home.Term == term && home.Generation == _generation && Volatile.Read(ref _resignedTerm) < term
            && !_expelled.Task.IsCompleted && _time.GetElapsedTime(Volatile.Read(ref _beatAt)) < _options.HomeTimeout;

    /// <summary>Tells the view, at once and after each change, in order; whoever listens MUST NOT block.</summary>
    /// <returns>Ends it.</returns>
    public IDisposable Subscribe(Action<ClusterView> listener)
    {
        lock (_gate)
        {
            _listeners += listener;
            listener(_view);
        }

        return new Subscription(this, listener);
    }

    /// <summary>Gives up the place as home: another may take it at once.</summary>
    /// <param name="successor">Who is to take it; null for anybody.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ClusterException">The database cannot be asked. The term is not held any more all the same, and ends by itself.</exception>
    public async Task ResignAsync(ClusterNode? successor = null, CancellationToken cancellationToken = default)
    {
        if (View is { IsHome: true, Home: { } home })
        {
            Volatile.Write(ref _resignedAt, _time.GetTimestamp());
            Volatile.Write(ref _resignedTerm, home.Term);
            await AskAsync(table => table.ResignAsync(home, successor?.Generation, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Takes no more terms, and makes place where it is home, as a node does that is drained.</summary>
    /// <exception cref="ClusterException">The database cannot be asked.</exception>
    internal Task RetireAsync(CancellationToken cancellationToken = default) => AskAsync(
        async table =>
        {
            await table.DrainAsync(_generation, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Finds a node dead as the home that cannot reach it.</summary>
    /// <returns>False if this node is not home any more, or the other takes no part anyhow.</returns>
    /// <exception cref="ClusterException">The database cannot be asked.</exception>
    public async Task<bool> ExpelAsync(ClusterHome home, long generation, string reason, CancellationToken cancellationToken = default)
        => await AskAsync(table => table.ExpelAsync(home, generation, reason, cancellationToken), cancellationToken);

    /// <summary>Says where this node listens for people, and how many sessions they have here, for <c>parley cluster status</c>.</summary>
    /// <param name="listeners">The addresses.</param>
    /// <param name="sessions">Counts the sessions; MUST NOT block.</param>
    public void SetListeners(string listeners, Func<int> sessions)
    {
        Volatile.Write(ref _sessions, sessions);
        Volatile.Write(ref _addresses, listeners);
    }

    /// <inheritdoc/>
    public ValueTask<ClusterNode?> FindAsync(CertificateDigest certificate, CancellationToken cancellationToken = default)
        => View.Nodes.Values.FirstOrDefault(node => node.Certificate == certificate) is { } known
            ? new(known)
            : _reading.FindAsync(certificate, cancellationToken);

    /// <summary>Leaves: others take its place at once.</summary>
    public ValueTask DisposeAsync() => EndAsync(isLeaving: true);

    /// <summary>Ends the loop, with a goodbye or as a process that is killed.</summary>
    internal async ValueTask EndAsync(bool isLeaving)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        await _loop;
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }

        if (isLeaving && !_expelled.Task.IsCompleted)
        {
            try
            {
                await AskAsync(
                    async table =>
                    {
                        await table.LeaveAsync(_generation, CancellationToken.None);
                        return true;
                    },
                    CancellationToken.None);
            }
            catch (ClusterException)
            {
                // Then the others find out by themselves.
            }
        }

        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested && !_expelled.Task.IsCompleted)
        {
            try
            {
                await TickAsync(_stop.Token);
                if (_hasFailed)
                {
                    _hasFailed = false;
                    _monitor.DatabaseRecovered();
                }

                if (!_expelled.Task.IsCompleted)
                {
                    // Others tell what they change, so that it is seen at once.
                    await _connection!.WaitAsync(UntilNextTick(), _stop.Token);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                await FailAsync(e);
            }
        }
    }

    private async Task FailAsync(Exception cause)
    {
        if (_connection is { } broken)
        {
            _connection = null;
            await broken.DisposeAsync();
        }

        if (!_hasFailed)
        {
            _hasFailed = true;
            _monitor.DatabaseFailed(MembershipConnection.Failure(_options.Database, cause).Message);
        }

        await Task.Delay(_options.Heartbeat, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>When the next sign of life is due, or the home's was.</summary>
    private TimeSpan UntilNextTick()
    {
        var view = View;
        var left = view.Home is null || view.IsHome ? _options.Heartbeat : _options.HomeTimeout - _homeAge;
        return left > _options.Heartbeat ? _options.Heartbeat : left > _options.Heartbeat / 10 ? left : _options.Heartbeat / 10;
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        var begin = _time.GetTimestamp();
        _connection ??= await ConnectAsync(cancellationToken);
        var table = new NodeTable(_connection, _options);
        if (!await table.BeatAsync(_generation, Volatile.Read(ref _addresses), Sessions, cancellationToken))
        {
            var reason = await table.EndReasonAsync(_generation, cancellationToken);
            _expelled.TrySetResult(reason);
            _monitor.Expelled(reason);
            return;
        }

        Volatile.Write(ref _beatAt, begin);
        await table.BuryAsync(_generation, cancellationToken);
        await LookAsync(table, cancellationToken);
        if (MayClaim() && await table.ClaimAsync(_generation, cancellationToken) is not null)
        {
            await LookAsync(table, cancellationToken);
        }
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = await MembershipConnection.OpenAsync(_options, cancellationToken);
        try
        {
            await NodeEntrance.ShareAsync(connection, _options, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task LookAsync(NodeTable table, CancellationToken cancellationToken)
    {
        var nodes = await table.ReadAsync(cancellationToken);
        var (term, holder, preferred) = await table.ReadHomeAsync(cancellationToken);
        var living = nodes.ToImmutableSortedDictionary(each => each.Node.Generation, each => each.Node);
        if (!living.TryGetValue(_generation, out var self))
        {
            // The next sign of life finds out why.
            return;
        }

        ClusterHome? home = holder is { } generation && living.ContainsKey(generation) ? new ClusterHome(term, generation) : null;
        _homeAge = nodes.FirstOrDefault(each => each.Node.Generation == home?.Generation).Age;
        Volatile.Write(ref _statuses, NodeStatus.Of(nodes, home?.Generation, _options.HomeTimeout));
        var view = new ClusterView(self, living, home, SuccessorOf(living, home, preferred));
        if (!view.Tells(View))
        {
            lock (_gate)
            {
                Volatile.Write(ref _view, view);
                _listeners?.Invoke(view);
            }
        }
    }

    /// <summary>The node that an operator asked for, or any that can be home where the home is draining.</summary>
    private static ClusterNode? SuccessorOf(ImmutableSortedDictionary<long, ClusterNode> nodes, ClusterHome? home, long? preferred)
    {
        if (home is not { } current)
        {
            return null;
        }

        return preferred is { } wanted && wanted != current.Generation && nodes.GetValueOrDefault(wanted) is { State: NodeState.Active } node ? node
            : nodes[current.Generation].State == NodeState.Draining ? nodes.Values.FirstOrDefault(each => each.State == NodeState.Active)
            : null;
    }

    private bool MayClaim()
    {
        var view = View;
        var isResting = _resignedTerm > 0 && _time.GetElapsedTime(Volatile.Read(ref _resignedAt)) < _options.Preference
            && view.Nodes.Values.Any(node => node.Generation != _generation && node.State == NodeState.Active);
        return view.Self.State == NodeState.Active && !isResting && !view.IsHome && (view.Home is null || _homeAge >= _options.HomeTimeout);
    }

    private async Task<bool> AskAsync(Func<NodeTable, Task<bool>> ask, CancellationToken cancellationToken)
    {
        try
        {
            // Not the loop's: that waits for news.
            await using var connection = await MembershipConnection.OpenAsync(_options, cancellationToken);
            return await ask(new NodeTable(connection, _options));
        }
        catch (Exception e) when (MembershipConnection.IsFailure(e))
        {
            throw MembershipConnection.Failure(_options.Database, e);
        }
    }

    private sealed class Subscription(ClusterMembership membership, Action<ClusterView> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (membership._gate)
            {
                membership._listeners -= listener;
            }
        }
    }
}
