using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Talking;

/// <summary>A client that follows its script, and comes back, to another node if need be, when its connection ends.</summary>
internal sealed class Chatter : IAsyncDisposable
{
    private const int MaxUnanswered = 8;
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private readonly Place _place;
    private readonly Script _script;
    private readonly Random _ways;
    private readonly HashSet<string> _rooms;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _stopped;
    private readonly Task _loop;
    private int _node;
    private int _messages;
    private volatile bool _isIdle;
    private volatile IrcConnection? _connection;

    /// <summary>A client that begins at once.</summary>
    /// <param name="name">Its own name.</param>
    /// <param name="number">Its number.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="isSteady">True if it stays in all rooms under its own name.</param>
    /// <param name="place">What it shares with others.</param>
    public Chatter(string name, int number, int seed, bool isSteady, Place place)
    {
        (Name, _place, _node) = (name, place, number);
        _script = new Script(seed, number, isSteady);
        _ways = new Random(unchecked((seed * 7919) + number));
        _rooms = isSteady ? [.. place.Rooms] : [place.Rooms[number % place.Rooms.Count], place.Rooms[(number + 1) % place.Rooms.Count]];
        _stopped = Task.Delay(Timeout.InfiniteTimeSpan, _stop.Token);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Its own name.</summary>
    public string Name { get; }

    /// <summary>The name that it has now.</summary>
    public string Nick => _connection is { Nick.Length: > 0 } connection ? connection.Nick : Name;

    /// <summary>Its connection; null where it has none.</summary>
    public IrcConnection? Connection => _connection is { HasEnded: false } connection ? connection : null;

    /// <summary>The node that it is at, or goes to next.</summary>
    public int Node => _node;

    /// <summary>The rooms that it is in, or will be when it has come back.</summary>
    public IReadOnlyCollection<string> Rooms => _rooms;

    /// <summary>True if it is held, is where it wants to be, and waits for no answer.</summary>
    public bool IsSettled => _isIdle && Connection is { Unanswered: 0 };

    /// <summary>Those that it writes to.</summary>
    public IReadOnlyList<Chatter> Others { get; set; } = [];

    /// <summary>Gives its node up, as people do whose client says nothing for long.</summary>
    public async Task GiveUpAsync()
    {
        if (_connection is { } connection)
        {
            await connection.HangUpAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await GiveUpAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var connection = await ComeInAsync();
                _connection = connection;
                foreach (var room in _rooms.ToArray())
                {
                    await connection.JoinAsync(room);
                }

                await FollowScriptAsync(connection);
                await connection.HangUpAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The run has ended.
        }
    }

    private async Task<IrcConnection> ComeInAsync()
    {
        while (true)
        {
            _stop.Token.ThrowIfCancellationRequested();
            var nodes = _place.Nodes();
            var (name, address) = nodes[_node %= nodes.Count];
            if (address is not null)
            {
                try
                {
                    return await IrcConnection.ConnectAsync(address, _place.Journals.Begin(Name, name), Name, _place.Clock, _stop.Token);
                }
                catch (IOException)
                {
                    // Another will do.
                }
            }

            _node = _ways.Next(nodes.Count);
            await Task.Delay(Retry, _stop.Token);
        }
    }

    private async Task FollowScriptAsync(IrcConnection connection)
    {
        while (!connection.HasEnded && !_stop.IsCancellationRequested)
        {
            if (!_place.Gate.Opened.IsCompleted)
            {
                _isIdle = true;
                await Task.WhenAny(_place.Gate.Opened, connection.Ended, _stopped);
                _isIdle = false;
                continue;
            }

            var step = _script.Next();
            await Task.WhenAny(Task.Delay(step.Pause, _stop.Token), connection.Ended);
            if (step.Kind == StepKind.Return)
            {
                return;
            }

            await FollowAsync(step, connection);
        }

        // Its node is gone, or does not want it.
        _node = _ways.Next(_place.Nodes().Count);
    }

    private async Task FollowAsync(Step step, IrcConnection connection)
    {
        switch (step.Kind)
        {
            case StepKind.Post when connection.Unanswered < MaxUnanswered && _rooms.Count > 0:
                await connection.PostAsync(_rooms.Order(StringComparer.Ordinal).ElementAt(step.Choice % _rooms.Count), NextText());
                break;
            case StepKind.Direct when connection.Unanswered < MaxUnanswered && Others[step.Choice % Others.Count].Nick is var nick && nick != connection.Nick:
                await connection.PostAsync(nick, NextText());
                break;
            case StepKind.Move:
                await MoveAsync(_place.Rooms[step.Choice % _place.Rooms.Count], connection);
                break;
            case StepKind.Rename:
                var names = _place.SharedNames.Append(Name).ToArray();
                var name = names[step.Choice % names.Length];
                if (name != connection.Nick)
                {
                    await connection.RenameAsync(name);
                }

                break;
        }
    }

    private async Task MoveAsync(string room, IrcConnection connection)
    {
        if (!_rooms.Contains(room))
        {
            if (await connection.JoinAsync(room))
            {
                _rooms.Add(room);
            }
        }
        else if (_rooms.Count > 1 && await connection.LeaveAsync(room, NextText()))
        {
            _rooms.Remove(room);
        }
    }

    private string NextText() => $"{Name}-{++_messages}";
}
