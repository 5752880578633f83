namespace Parley.Core.Delivery;

/// <summary>Where an outbox sends its bytes: the write side of a connection.</summary>
/// <remarks>Called under the outbox's gate, by whichever thread has something to send: MUST NOT block, throw, or call back.</remarks>
public interface IOutboxSink
{
    /// <summary>Takes as many bytes as go now. Fewer than all: no more go until the transport calls <see cref="Outbox.Resume"/>. Negative: the connection is gone.</summary>
    int Write(ReadOnlySpan<byte> bytes);
}
