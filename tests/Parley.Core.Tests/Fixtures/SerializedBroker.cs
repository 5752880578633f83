using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;
using Parley.Core.Queries;

namespace Parley.Core.Tests.Fixtures;

/// <summary>A broker that is elsewhere: every intention, decision, question, answer and event gets there and back as bytes.</summary>
internal sealed class SerializedBroker(IBroker broker) : IBroker
{
    public bool KeepsHistory => broker.KeepsHistory;

    public SessionId Attach(Session session)
    {
        if (session.Flavor is not SerializedFlavor)
        {
            session.SetFlavor(SerializedFlavor.Of(session.Flavor));
        }

        return Bytes.Through(broker.Attach(session));
    }

    public ValueTask DetachAsync(SessionId who, string reason = "") => broker.DetachAsync(Bytes.Through(who), Bytes.Through(reason));

    public async ValueTask<Decision> AskAsync(SessionId who, Intention what, CancellationToken cancellationToken = default)
        => Bytes.Through(await broker.AskAsync(Bytes.Through(who), Bytes.Through(what), cancellationToken));

    public async ValueTask<T> LookAsync<T>(SessionId who, Query<T> what, CancellationToken cancellationToken = default)
        => Bytes.Through(await broker.LookAsync(Bytes.Through(who), Bytes.Through(what), cancellationToken));

    public ValueTask StopAsync() => broker.StopAsync();
}
