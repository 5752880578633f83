using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Cli.Load;

/// <summary>Lines over a WebSocket, each a message without an end (IRCv3 WebSocket, <c>text.ircv3.net</c>).</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
internal sealed class WebSocketLines : ILineConnection
{
    private const string Subprotocol = "text.ircv3.net";

    // More than any line of IRC with its tags.
    private const int MaxLineBytes = 64 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    // For a message that is being sent when it is cancelled.
    private static readonly TimeSpan LastSend = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;

    // A WebSocket takes one message at a time.
    private readonly SemaphoreSlim _sendTurn = new(1, 1);
    private byte[] _line = new byte[4096];

    /// <param name="socket">An open WebSocket, which ends with it.</param>
    public WebSocketLines(WebSocket socket) => _socket = socket;

    public static async Task<ILineConnection> ConnectAsync(LoadServer server, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(Subprotocol);
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (server.Tls is { PinnedCertificate: { } pin })
        {
            socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is not null && Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256)).Equals(pin, StringComparison.OrdinalIgnoreCase);
        }

        try
        {
            using var timeout = new CancellationTokenSource(ConnectTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            await socket.ConnectAsync(server.WebSocket, either.Token).ConfigureAwait(false);
            return new WebSocketLines(socket);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException($"{server.Address} did not answer within {ConnectTimeout.TotalSeconds:0.#} s.");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await _sendTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // To cancel a message that is being sent aborts the socket, and with it all that was to be read: what can be sent, is.
            Task sending = _socket.SendAsync(line, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).AsTask();
            await sending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await sending.WaitAsync(LastSend, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _socket.Abort();
            throw new OperationCanceledException(cancellationToken);
        }
        catch (WebSocketException e)
        {
            throw new IOException(e.Message, e);
        }
        finally
        {
            _sendTurn.Release();
        }
    }

    public async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ReadOnlySequence<byte> line in ReadBytesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return Encoding.UTF8.GetString(line.FirstSpan[..^1]);
        }
    }

    public async IAsyncEnumerable<ReadOnlySequence<byte>> ReadBytesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await ReceiveAsync(cancellationToken).ConfigureAwait(false) is { } length)
        {
            _line[length] = (byte)'\n';
            yield return new ReadOnlySequence<byte>(_line, 0, length + 1);
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }

    /// <summary>Length of the next message, which is in <see cref="_line"/> with a byte to spare; null at the end of all.</summary>
    private async ValueTask<int?> ReceiveAsync(CancellationToken cancellationToken)
    {
        int length = 0;
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(_line.AsMemory(length, _line.Length - 1 - length), cancellationToken).ConfigureAwait(false);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                if (part.EndOfMessage)
                {
                    return length;
                }

                if (length == _line.Length - 1)
                {
                    if (length >= MaxLineBytes)
                    {
                        throw new InvalidDataException($"A line has not ended after {MaxLineBytes} bytes.");
                    }

                    Array.Resize(ref _line, _line.Length * 2);
                }
            }
        }
        catch (WebSocketException) when (cancellationToken.IsCancellationRequested)
        {
            // The cancellation aborts the socket: a read that begins then finds it so.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (WebSocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
