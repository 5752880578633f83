using System.Buffers;
using System.IO.Pipelines;

namespace Parley.Server.Transport.Tls;

/// <summary>The two pipes of a connection as the one stream that <see cref="System.Net.Security.SslStream"/> wants.</summary>
/// <remarks>
/// The framework's own adapter passes a token on to the pipe and leaves it at that; a socket loop's reader knows
/// cancelling by <see cref="PipeReader.CancelPendingRead"/> only.
/// </remarks>
internal sealed class PipeStream(IDuplexPipe transport) : Stream
{
    private readonly PipeReader _input = transport.Input;
    private readonly PipeWriter _output = transport.Output;
    private bool _hasBegun;

    /// <summary>
    /// True if who reads goes on on the thread pool, and not on the thread that brought the bytes, which may be a socket
    /// loop's: for what takes longer than a loop can spare.
    /// </summary>
    public bool LeavesLoop { get; set; } = true;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int length;
        using (cancellationToken.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), _input))
        {
            length = await ReceiveAsync(buffer, cancellationToken);
        }

        if (LeavesLoop)
        {
            await Task.Yield();
        }

        return length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if ((await _output.WriteAsync(buffer, cancellationToken)).IsCompleted)
        {
            throw new IOException("The other side reads no more.");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It would block.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("It would block.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Into an empty buffer: waits until there is something to read, and leaves it there.</summary>
    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _input.ReadAsync(CancellationToken.None);
            if (result.IsCanceled)
            {
                _input.AdvanceTo(result.Buffer.Start);
                cancellationToken.ThrowIfCancellationRequested();

                // It came too late for the read that it was meant for.
                continue;
            }

            if (!_hasBegun && PlainTextAnswer.IsDue(result.Buffer.FirstSpan))
            {
                _input.AdvanceTo(result.Buffer.End);
                await _output.WriteAsync(PlainTextAnswer.Text, cancellationToken);
                throw PlainTextAnswer.Reason();
            }

            _hasBegun = true;
            var length = (int)Math.Min(buffer.Length, result.Buffer.Length);
            var end = result.Buffer.GetPosition(length);
            result.Buffer.Slice(0, end).CopyTo(buffer.Span);
            _input.AdvanceTo(end);
            return length;
        }
    }
}
