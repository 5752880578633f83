using System.Threading.Channels;

namespace Parley.Net.Concurrency;

/// <summary>The writing side of a <see cref="RendezvousChannel{T}"/>.</summary>
internal sealed class RendezvousWriter<T>(Meeting<T> meeting) : ChannelWriter<T>
{
    public override bool TryComplete(Exception? error = null) => meeting.TryClose(error);

    public override bool TryWrite(T item) => meeting.TryWrite(item);

    public override ValueTask WriteAsync(T item, CancellationToken cancellationToken = default) =>
        meeting.WriteAsync(item, cancellationToken);

    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) =>
        meeting.WaitForReaderAsync(cancellationToken);
}
