using System.Text;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Core.Queries;

namespace Parley.Server.Tests.Support;

/// <summary>A broker that fails whoever says <c>fail</c>.</summary>
internal sealed class FaultyBroker(IBroker broker) : IBroker
{
    public bool KeepsHistory => broker.KeepsHistory;

    public ValueTask<Decision> AskAsync(SessionId who, Intention what, CancellationToken cancellationToken = default)
        => what is Post { Draft: var draft } && Encoding.UTF8.GetString(draft.Text.Span) == "fail"
            ? throw new InvalidOperationException("The broker failed, as a test wants it")
            : broker.AskAsync(who, what, cancellationToken);

    public SessionId Attach(Session session) => broker.Attach(session);

    public ValueTask<T> LookAsync<T>(SessionId who, Query<T> what, CancellationToken cancellationToken = default)
        => broker.LookAsync(who, what, cancellationToken);

    public ValueTask DetachAsync(SessionId who, string reason = "") => broker.DetachAsync(who, reason);

    public ValueTask StopAsync() => broker.StopAsync();
}
