using System.Collections.Concurrent;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Nodes;
using Parley.Core.Rooms;

namespace Parley.Core.Mirror;

/// <summary>Requests of sessions here to a home, until they are settled. While there is no home, they wait.</summary>
internal sealed class PendingAsks
{
    private readonly ConcurrentDictionary<long, Pending> _pending = new();

    // Taken while a request is sent: of two requests, the one with the lower number goes first.
    private readonly Lock _gate = new();
    private Action<NodeRequest>? _send;
    private bool _isAbandoned;
    private int _home;
    private long _last;

    /// <summary>The requests that are not settled, in the order in which they were made.</summary>
    public IReadOnlyList<NodeRequest> Requests => [.. _pending.OrderBy(its => its.Key).Select(its => its.Value.Request)];

    /// <summary>A request that is not settled; null if it is.</summary>
    public NodeRequest? Find(long ask) => _pending.GetValueOrDefault(ask)?.Request;

    /// <summary>Asks for something.</summary>
    /// <param name="session">The session that does; null for none.</param>
    /// <param name="request">The request, by its number.</param>
    /// <param name="type">Type of the answer.</param>
    public Task<T> AskAsync<T>(MirrorSession? session, Func<long, NodeRequest> request, Type type)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        long ask;
        bool isAbandoned;
        lock (_gate)
        {
            ask = ++_last;
            var pending = new Pending(request(ask), session, type)
            {
                Home = _send is null ? 0 : _home,
                Answer = value => answer.TrySetResult((T)value!),
                Fail = fault => answer.TrySetException(fault),
            };
            session?.Begin(ask);
            _pending[ask] = pending;
            _send?.Invoke(pending.Request);
            isAbandoned = _isAbandoned;
        }

        if (isAbandoned)
        {
            GiveUp(ask, type);
        }

        return answer.Task;
    }

    /// <summary>Sends something that nobody waits for; nothing while there is no home.</summary>
    public void Tell(NodeRequest request)
    {
        lock (_gate)
        {
            _send?.Invoke(request);
        }
    }

    /// <summary>Sends to a home from here on: first what waits, which another may have decided.</summary>
    public void Open(Action<NodeRequest> send)
    {
        lock (_gate)
        {
            _home++;
            foreach (var (_, its) in _pending.OrderBy(its => its.Key))
            {
                send(its.Home > 0 && its.Request is Asked asked ? asked with { IsAgain = true } : its.Request);
                its.Home = _home;
            }

            _send = send;
            _isAbandoned = false;
        }
    }

    /// <summary>There is no home until the next <see cref="Open"/>: what was asked for waits.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _send = null;
        }
    }

    /// <summary>There is no home, and nobody waits for another: whatever was and is asked for until the next <see cref="Open"/> is answered that nothing is decided any more.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            (_send, _isAbandoned) = (null, true);
        }

        foreach (var (ask, its) in _pending)
        {
            GiveUp(ask, its.Type);
        }
    }

    /// <summary>Type of the answer to a question; null if nobody waits for it.</summary>
    public Type? AnswerTypeOf(long ask) => _pending.GetValueOrDefault(ask)?.Type;

    /// <summary>Completes when all that was asked for so far is settled; at once while there is no home.</summary>
    public Task WhenSettledAsync()
    {
        lock (_gate)
        {
            return _send is null ? Task.CompletedTask : Task.WhenAll(_pending.Values.Select(its => its.Settled.Task));
        }
    }

    /// <summary>Takes the decision on an intention.</summary>
    public void Decided(Decided what)
    {
        if (_pending.TryGetValue(what.Ask, out var its))
        {
            if (what.IsSettled)
            {
                Settled(what.Ask);
            }

            its.Answer(what.Decision);
        }
    }

    /// <summary>Takes the answer to a question.</summary>
    public void Answered(Answered what)
    {
        if (_pending.TryGetValue(what.Ask, out var its))
        {
            Settled(what.Ask);
            its.Answer(what.Answer);
        }
    }

    /// <summary>Takes note that no decision or answer comes.</summary>
    public void Failed(Failed what)
    {
        if (_pending.TryGetValue(what.Ask, out var its))
        {
            Settled(what.Ask);
            its.Fail(FaultOf(what));
        }
    }

    /// <summary>Nothing more comes of something.</summary>
    public void Settled(long ask)
    {
        if (_pending.TryRemove(ask, out var its))
        {
            its.Session?.End(ask);
            its.Settled.TrySetResult();
        }
    }

    private void GiveUp(long ask, Type type)
    {
        if (type == typeof(Decision))
        {
            Decided(new Decided(ask, new Decision(Verdict.Stopping)));
        }
        else
        {
            Failed(new Failed(ask, FailedPart.History, "This server takes part in its cluster no more"));
        }
    }

    private static Exception FaultOf(Failed what) => what.Part switch
    {
        FailedPart.History => new HistoryException(what.Message),
        FailedPart.Accounts => new AccountStoreException(what.Message),
        FailedPart.Registry => new RoomRegistryException(what.Message),
        _ => new InvalidOperationException(what.Message),
    };

    private sealed record Pending(NodeRequest Request, MirrorSession? Session, Type Type)
    {
        public required Action<object?> Answer { get; init; }

        public required Action<Exception> Fail { get; init; }

        /// <summary>Number of the home that it was sent to; 0 for none.</summary>
        public int Home { get; set; }

        public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
