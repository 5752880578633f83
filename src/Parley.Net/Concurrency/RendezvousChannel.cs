using System.Threading.Channels;

namespace Parley.Net.Concurrency;

/// <summary>A channel that holds nothing: an item goes from hand to hand, so a write lasts until a reader has the item.</summary>
/// <remarks>
/// <para>Any number of writers and readers. Those who wait are served in the order in which they came.</para>
/// <para>
/// <see cref="ChannelWriter{T}.WriteAsync"/> and <see cref="ChannelReader{T}.ReadAsync"/> commit: they wait for the other
/// side. <c>TryWrite</c> and <c>TryRead</c> succeed only if somebody of the other side has committed; <c>WaitToWriteAsync</c>
/// and <c>WaitToReadAsync</c> wait for that. So if both sides only ask, they wait for each other for ever: let one commit.
/// <see cref="ChannelReader{T}.ReadAllAsync"/> of this channel commits.
/// </para>
/// <para>
/// Either side ends the channel with <c>Writer.Complete</c>. As nothing is held, nothing is left to read: those who wait on
/// either side, and those who come later, get a <see cref="ChannelClosedException"/>, and <c>Reader.Completion</c> completes.
/// </para>
/// <para>A wait that is cancelled has transferred nothing. A timeout is a token that is cancelled in time.</para>
/// </remarks>
public sealed class RendezvousChannel<T> : Channel<T>
{
    /// <summary>Creates a channel at which nobody waits.</summary>
    public RendezvousChannel()
    {
        var meeting = new Meeting<T>();
        Reader = new RendezvousReader<T>(meeting);
        Writer = new RendezvousWriter<T>(meeting);
    }
}
