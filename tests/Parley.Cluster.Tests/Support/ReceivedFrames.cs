using System.Buffers;
using Parley.Cluster.Links;
using Parley.TestKit;

namespace Parley.Cluster.Tests.Support;

/// <summary>Frames that came, in order.</summary>
internal sealed class ReceivedFrames : IFrameReader
{
    private readonly List<byte[]> _frames = [];
    private readonly List<(int Count, TaskCompletionSource Met)> _waiters = [];

    public Action<ReadOnlySequence<byte>>? OnFrame { get; set; }

    public void Received(ReadOnlySequence<byte> frame)
    {
        OnFrame?.Invoke(frame);
        lock (_frames)
        {
            _frames.Add(frame.ToArray());
            _waiters.RemoveAll(waiter => _frames.Count >= waiter.Count && waiter.Met.TrySetResult());
        }
    }

    public async Task<byte[][]> TakeAsync(int count)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_frames)
        {
            _waiters.Add((count, met));
            _waiters.RemoveAll(waiter => _frames.Count >= waiter.Count && waiter.Met.TrySetResult());
        }

        await met.Task.WithinSafetyAsync();
        lock (_frames)
        {
            return [.. _frames];
        }
    }
}
