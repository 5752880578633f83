using Parley.Server.Transport.Loop;

namespace Parley.Server.Transport.Http;

/// <summary>Sends to a loop's socket, and waits for the loop where that takes no more. It only writes.</summary>
/// <remarks>It uses the descriptor, which MUST NOT be closed before <see cref="End"/>.</remarks>
internal sealed class LoopSendStream(LoopConnection connection) : Stream, ISocketLayer
{
    private TaskCompletionSource? _writable;
    private volatile bool _isEnded;

    public override bool CanRead => false;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        buffer = buffer[Send(buffer.Span)..];
        while (!buffer.IsEmpty)
        {
            // Before it is tried again: so the event that comes when it was in vain finds somebody waiting.
            var writable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _writable, writable);
            var sent = Send(buffer.Span);
            if (sent == 0)
            {
                await writable.Task.WaitAsync(cancellationToken);
            }

            buffer = buffer[sent..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>For what is left when a response is abandoned: it is sent if that goes at once.</summary>
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (Send(buffer.AsSpan(offset, count)) < count)
        {
            throw new IOException("The client does not read.");
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public void OnWritable() => Interlocked.Exchange(ref _writable, null)?.TrySetResult();

    /// <summary>Nothing reads through it.</summary>
    public int Receive(Span<byte> buffer, out bool hasMore) => throw new NotSupportedException();

    /// <summary>Sends nothing more: the socket is somebody else's, or about to be closed. Nobody may be writing.</summary>
    public void End() => _isEnded = true;

    /// <summary>
    /// Bytes for a client that is gone are gone with it, as with every socket of Kestrel's: it is told by the connection's end, and logs as a
    /// failure of its own whatever is thrown here.
    /// </summary>
    private int Send(ReadOnlySpan<byte> bytes)
    {
        if (_isEnded)
        {
            throw new IOException("The connection is gone.");
        }

        var sent = connection.Write(bytes);
        if (sent >= 0)
        {
            return sent;
        }

        connection.Abort();
        return bytes.Length;
    }
}
