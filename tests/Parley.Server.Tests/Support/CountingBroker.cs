using System.Collections.Concurrent;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Core.Queries;

namespace Parley.Server.Tests.Support;

/// <summary>A broker that counts what sessions ask it for.</summary>
internal sealed class CountingBroker(IBroker broker) : IBroker
{
    private int _looks;

    public bool KeepsHistory => broker.KeepsHistory;

    /// <summary>Sessions that have come, and have not gone.</summary>
    public ConcurrentDictionary<SessionId, Session> Sessions { get; } = new();

    /// <summary>Questions that were asked.</summary>
    public int Looks => Volatile.Read(ref _looks);

    public SessionId Attach(Session session)
    {
        var id = broker.Attach(session);
        Sessions[id] = session;
        return id;
    }

    public async ValueTask DetachAsync(SessionId who, string reason = "")
    {
        await broker.DetachAsync(who, reason);
        Sessions.TryRemove(who, out _);
    }

    public ValueTask<Decision> AskAsync(SessionId who, Intention what, CancellationToken cancellationToken = default) => broker.AskAsync(who, what, cancellationToken);

    public ValueTask<T> LookAsync<T>(SessionId who, Query<T> what, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _looks);
        return broker.LookAsync(who, what, cancellationToken);
    }

    public ValueTask StopAsync() => broker.StopAsync();
}
