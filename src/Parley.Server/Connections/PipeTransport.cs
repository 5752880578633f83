using System.Buffers;
using System.IO.Pipelines;
using Parley.Core.Delivery;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Connections;

/// <summary>Sends an outbox through a pipe: for connections that are not a plain socket, and for systems that have no socket loop.</summary>
internal sealed class PipeTransport(PipeWriter output) : IOutboxTransport
{
    /// <summary>Bytes handed to the pipe at a time: the rest waits in the outbox, where it is bounded and counted.</summary>
    private const int MaxFlushBytes = 64 * 1024;

    // Lock tier 4: taken last, nothing is taken inside. The writer is used under it, or by the one flush that runs.
    private readonly Lock _gate = new();
    private Outbox? _outbox;
    private Task _flushing = Task.CompletedTask;
    private int _unflushedBytes;
    private bool _isFlushing;
    private bool _isBroken;

    public void Open(Outbox outbox)
    {
        _outbox = outbox;
        outbox.Open(this);
    }

    public int Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_isBroken)
            {
                return -1;
            }

            if (_isFlushing || _unflushedBytes >= MaxFlushBytes)
            {
                return 0;
            }

            output.Write(bytes);
            if (_unflushedBytes == 0)
            {
                // Called under the outbox's gate: whoever reads the pipe must not run here.
                _flushing = Task.Run(FlushAsync);
            }

            _unflushedBytes += bytes.Length;
            return bytes.Length;
        }
    }

    public async Task FinishAsync()
    {
        await _outbox!.WhenSentAsync();
        Task flushing;
        lock (_gate)
        {
            flushing = _flushing;
        }

        await flushing;
    }

    private async Task FlushAsync()
    {
        lock (_gate)
        {
            _isFlushing = true;
        }

        var isBroken = true;
        try
        {
            isBroken = (await output.FlushAsync()).IsCompleted;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The other side is gone: the outbox is told with its next bytes.
        }

        lock (_gate)
        {
            (_isFlushing, _unflushedBytes, _isBroken) = (false, 0, isBroken);
        }

        _outbox!.Resume();
    }
}
