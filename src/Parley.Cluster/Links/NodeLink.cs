using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Pipelines;
using Parley.Cluster.Membership;

namespace Parley.Cluster.Links;

/// <summary>A link to another node: frames go both ways, each way in order, none twice; when the link ends, some of the last may not have arrived.</summary>
/// <remarks>What waits to be sent is in memory, and goes out in as few writes as possible. Whoever sends never waits.</remarks>
public sealed class NodeLink : IAsyncDisposable
{
    private const int SegmentBytes = 64 * 1024;

    private static readonly byte[] KeepAlive = new byte[LinkFrameParser.HeaderBytes];

    private readonly LinkTransport _transport;
    private readonly LinkOptions _options;
    private readonly Pipe _queue = new(new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: SegmentBytes, useSynchronizationContext: false));
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource<LinkEnd> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private Task _loops = Task.CompletedTask;
    private long _pending;
    private volatile bool _isFinishing;
    private volatile bool _isSent;
    private volatile bool _isHandling;
    private volatile bool _hasHeard;
    private int _silence;

    internal NodeLink(ClusterNode peer, LinkTransport transport, LinkOptions options, TimeProvider time)
    {
        Peer = peer;
        _transport = transport;
        _options = options;
        _timer = time.CreateTimer(_ => Tick(), null, options.KeepAlive, options.KeepAlive);
    }

    /// <summary>The node at the other end.</summary>
    public ClusterNode Peer { get; }

    /// <summary>Completes when nothing comes or goes any more.</summary>
    public Task<LinkEnd> Closed => _closed.Task;

    /// <summary>Number of bytes that wait to be sent.</summary>
    public long PendingBytes => Interlocked.Read(ref _pending);

    /// <summary>Sends a frame behind those before it. It is copied, and dropped where the link has ended.</summary>
    /// <exception cref="ArgumentException">It is empty, or longer than a frame may be.</exception>
    public void Send(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty || frame.Length > _options.MaxFrameBytes)
        {
            throw new ArgumentException($"A frame has 1 to {_options.MaxFrameBytes} bytes, and not {frame.Length}.", nameof(frame));
        }

        Span<byte> header = stackalloc byte[LinkFrameParser.HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, frame.Length);
        Enqueue(header, frame);
    }

    /// <summary>Cuts the link: what waits to be sent is dropped.</summary>
    public void Close(string reason) => End(new LinkEnd(LinkEndReason.Closed, reason));

    /// <summary>Sends what waits, and ends the link when the other end has closed it, which it does when it has taken it all.</summary>
    public async Task FinishAsync()
    {
        lock (_gate)
        {
            _isFinishing = true;
        }

        // Behind the gate nobody writes into it any more.
        await _queue.Writer.CompleteAsync();

        await _closed.Task;
    }

    /// <summary>Cuts the link, and waits until nothing of it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        Close("closed");
        await _loops;
    }

    /// <summary>Begins to send and to hand over what comes.</summary>
    internal void Start(IFrameReader reader) => _loops = Task.WhenAll(Task.Run(WriteAllAsync), Task.Run(() => ReadAllAsync(reader)));

    /// <summary>Says to the other end that it is let in.</summary>
    internal void Welcome() => Enqueue(KeepAlive, default);

    private void Enqueue(ReadOnlySpan<byte> header, ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (_isFinishing || _closed.Task.IsCompleted)
            {
                return;
            }

            _queue.Writer.Write(header);
            _queue.Writer.Write(frame);

            // Without a threshold it never waits.
            var flush = _queue.Writer.FlushAsync();
            Debug.Assert(flush.IsCompleted, "It would have to be waited for.");
        }

        if (Interlocked.Add(ref _pending, header.Length + frame.Length) > _options.MaxPendingBytes)
        {
            End(new LinkEnd(LinkEndReason.TooSlow, $"node {Peer.Name} takes less than it is sent"));
        }
    }

    private async Task WriteAllAsync()
    {
        try
        {
            ReadResult waiting;
            do
            {
                waiting = await _queue.Reader.ReadAsync(_ending.Token);
                foreach (var segment in waiting.Buffer)
                {
                    await _transport.Output.WriteAsync(segment, _ending.Token);
                }

                await _transport.Output.FlushAsync(_ending.Token);
                Interlocked.Add(ref _pending, -waiting.Buffer.Length);
                _queue.Reader.AdvanceTo(waiting.Buffer.End);
            }
            while (!waiting.IsCompleted);

            _isSent = true;
            await _transport.FinishSending();
        }
        catch (Exception e)
        {
            EndBy(e);
        }
        finally
        {
            await _queue.Reader.CompleteAsync();
        }
    }

    private async Task ReadAllAsync(IFrameReader reader)
    {
        try
        {
            while (true)
            {
                var result = await _transport.Input.ReadAsync(_ending.Token);
                _hasHeard = true;
                var received = result.Buffer;
                if (!HandOver(reader, ref received))
                {
                    return;
                }

                _transport.Input.AdvanceTo(received.Start, received.End);
                if (result.IsCompleted)
                {
                    EndBy($"node {Peer.Name} has closed the link{(received.IsEmpty ? "" : " within a frame")}", null);
                    return;
                }
            }
        }
        catch (Exception e)
        {
            EndBy(e);
        }
    }

    private bool HandOver(IFrameReader reader, ref ReadOnlySequence<byte> received)
    {
        _isHandling = true;
        try
        {
            FrameResult result;
            while ((result = LinkFrameParser.Next(ref received, _options.MaxFrameBytes, out var frame)) == FrameResult.Complete)
            {
                if (!frame.IsEmpty)
                {
                    reader.Received(frame);
                }
            }

            if (result == FrameResult.TooLong)
            {
                End(new LinkEnd(LinkEndReason.BadFrame, $"node {Peer.Name} sent a frame of more than {_options.MaxFrameBytes} bytes"));
            }

            return result == FrameResult.Incomplete && !_closed.Task.IsCompleted;
        }
        catch (Exception e)
        {
            End(new LinkEnd(LinkEndReason.Failed, $"what node {Peer.Name} sent cannot be handled: {e.Message}", e));
            return false;
        }
        finally
        {
            _isHandling = false;
        }
    }

    /// <remarks>It counts, and does not look at the clock: after a process has stood still, what came meanwhile is read first.</remarks>
    private void Tick()
    {
        _silence = _hasHeard || _isHandling ? 0 : _silence + 1;
        _hasHeard = false;
        if (_silence >= _options.MaxSilence)
        {
            End(new LinkEnd(LinkEndReason.Silent, $"node {Peer.Name} says nothing"));
        }
        else
        {
            Enqueue(KeepAlive, default);
        }
    }

    private void EndBy(Exception cause) => EndBy($"the link to node {Peer.Name} was lost: {cause.Message}", cause);

    private void EndBy(string reason, Exception? cause)
        => End(_isSent ? new LinkEnd(LinkEndReason.Closed, "all is sent") : new LinkEnd(LinkEndReason.Remote, reason, cause));

    private void End(LinkEnd end)
    {
        if (!_closed.TrySetResult(end))
        {
            return;
        }

        _timer.Dispose();
        _transport.Abort();
        _ending.Cancel();
    }
}
