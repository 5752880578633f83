using System.Collections.Concurrent;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Nodes;
using Parley.Core.Rooms;

namespace Parley.Core.Mirror;

/// <summary>What sessions here have asked for elsewhere, until it is settled.</summary>
internal sealed class PendingAsks
{
    private readonly ConcurrentDictionary<long, Pending> _pending = new();
    private long _last;

    /// <summary>Requests that are not settled, in the order in which they were made.</summary>
    public IReadOnlyList<NodeRequest> Requests => [.. _pending.OrderBy(its => its.Key).Select(its => its.Value.Request)];

    /// <summary>Asks for something.</summary>
    /// <param name="session">The session that does; null for none.</param>
    /// <param name="request">The request, by its number.</param>
    /// <param name="type">Type of the answer.</param>
    /// <param name="send">Sends it.</param>
    public Task<T> AskAsync<T>(MirrorSession? session, Func<long, NodeRequest> request, Type type, Action<NodeRequest> send)
    {
        var ask = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var pending = new Pending(request(ask), session, type)
        {
            Answer = value => answer.TrySetResult((T)value!),
            Fail = fault => answer.TrySetException(fault),
        };
        session?.Begin(ask);
        _pending[ask] = pending;
        send(pending.Request);
        return answer.Task;
    }

    /// <summary>Type of the answer to a question; null if nobody waits for it.</summary>
    public Type? AnswerTypeOf(long ask) => _pending.GetValueOrDefault(ask)?.Type;

    /// <summary>Completes when all that was asked for so far is settled.</summary>
    public Task WhenSettledAsync() => Task.WhenAll(_pending.Values.Select(its => its.Settled.Task));

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

    public void Answered(Answered what)
    {
        if (_pending.TryGetValue(what.Ask, out var its))
        {
            Settled(what.Ask);
            its.Answer(what.Answer);
        }
    }

    public void Failed(Failed what)
    {
        if (_pending.TryGetValue(what.Ask, out var its))
        {
            Settled(what.Ask);
            its.Fail(FaultOf(what));
        }
    }

    public void Settled(long ask)
    {
        if (_pending.TryRemove(ask, out var its))
        {
            its.Session?.End(ask);
            its.Settled.TrySetResult();
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

        public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
