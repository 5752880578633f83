using Parley.Core.Delivery;

namespace Parley.Server.Transport.Loop;

/// <summary>The write side of a connection, which an outbox sends to.</summary>
internal interface IOutboxTransport : IOutboxSink
{
    /// <summary>Has the outbox send here. Called once.</summary>
    void Open(Outbox outbox);

    /// <summary>Completes when the outbox is complete and all its bytes are with the system.</summary>
    Task FinishAsync();
}
