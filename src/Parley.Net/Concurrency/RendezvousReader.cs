using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Parley.Net.Concurrency;

/// <summary>The reading side of a <see cref="RendezvousChannel{T}"/>.</summary>
internal sealed class RendezvousReader<T>(Meeting<T> meeting) : ChannelReader<T>
{
    public override Task Completion => meeting.Completion;

    public override bool TryRead([MaybeNullWhen(false)] out T item) => meeting.TryRead(out item);

    public override ValueTask<T> ReadAsync(CancellationToken cancellationToken = default) => meeting.ReadAsync(cancellationToken);

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
        meeting.WaitForWriterAsync(cancellationToken);

    // The inherited one only asks, and so would never meet a writer that only asks.
    public override async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            T item;
            try
            {
                item = await meeting.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ChannelClosedException)
            {
                // Throws what the channel was completed with, if it was.
                await meeting.Completion.ConfigureAwait(false);
                yield break;
            }

            yield return item;
        }
    }
}
