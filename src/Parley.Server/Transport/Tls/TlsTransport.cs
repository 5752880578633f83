using System.Buffers;
using System.Net.Security;
using Parley.Core.Delivery;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Transport.Tls;

/// <summary>
/// Sends an outbox into TLS: encrypts on whichever thread has something to send, which takes less than the system call that
/// follows, and holds no buffer when that is done.
/// </summary>
internal sealed class TlsTransport(SslStream stream) : IOutboxTransport
{
    /// <summary>Largest number of bytes in one TLS record.</summary>
    private const int RecordBytes = 16 * 1024;

    private Outbox? _outbox;
    private Task _sending = Task.CompletedTask;
    private volatile bool _isSending;
    private volatile bool _isBroken;

    public void Open(Outbox outbox)
    {
        _outbox = outbox;
        outbox.Open(this);
    }

    /// <summary>Under the outbox's gate, so never twice at a time.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (taken < bytes.Length && !_isSending && !_isBroken)
        {
            var length = Math.Min(bytes.Length - taken, RecordBytes);
            var buffer = ArrayPool<byte>.Shared.Rent(length);
            bytes.Slice(taken, length).CopyTo(buffer);
            Send(buffer, length);
            taken += length;
        }

        return _isBroken ? -1 : taken;
    }

    /// <summary>Also has the client told that nothing follows, so that it can tell this end from one that somebody else made.</summary>
    public async Task FinishAsync()
    {
        await _outbox!.WhenSentAsync();
        await _sending;
        try
        {
            await stream.ShutdownAsync();
        }
        catch (Exception e) when (IsGone(e))
        {
            // There is nobody to tell.
        }
    }

    private static bool IsGone(Exception e) => e is IOException or OperationCanceledException or InvalidOperationException;

    private void Send(byte[] buffer, int length)
    {
        var sending = stream.WriteAsync(buffer.AsMemory(0, length), CancellationToken.None);
        if (sending.IsCompletedSuccessfully)
        {
            sending.GetAwaiter().GetResult();
            ArrayPool<byte>.Shared.Return(buffer);
            return;
        }

        // The end of it calls the outbox back, and MUST NOT do so from here, where the outbox waits for an answer.
        _isSending = true;
        var rest = sending.AsTask();
        _sending = Task.Run(() => EndAsync(rest, buffer));
    }

    private async Task EndAsync(Task sending, byte[] buffer)
    {
        try
        {
            await sending;
            ArrayPool<byte>.Shared.Return(buffer);
        }
        catch (Exception e) when (IsGone(e))
        {
            // The outbox is told with its next bytes. The buffer may still be looked at, and is not used again.
            _isBroken = true;
        }

        _isSending = false;
        _outbox!.Resume();
    }
}
