using System.Threading.Channels;

namespace Parley.Cluster.Deciding;

/// <summary>Hands things on one by one, in the order in which they came, on a thread of the pool: whoever adds one never waits.</summary>
internal sealed class FramePump<T>
{
    private readonly Channel<T> _queue = Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Begins to hand things on.</summary>
    /// <param name="take">Takes the next one; when it completes, another may come.</param>
    public FramePump(Func<T, ValueTask> take) => Ended = Task.Run(() => RunAsync(take));

    /// <summary>Completes when all was handed on and no more comes; fails if something could not be taken.</summary>
    public Task Ended { get; }

    /// <summary>Adds one; it is dropped if no more are taken.</summary>
    public void Add(T item) => _queue.Writer.TryWrite(item);

    /// <summary>Takes no more; what has come before is handed on.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    private async Task RunAsync(Func<T, ValueTask> take)
    {
        await foreach (var item in _queue.Reader.ReadAllAsync())
        {
            await take(item);
        }
    }
}
