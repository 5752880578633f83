using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Text;
using Parley.Protocol.Addressed;
using Parley.Protocol.Framing;
using Parley.Protocol.Lines;

namespace Parley.Client;

/// <summary>One connection to a Parley server: lines out, lines or typed events in, both at once.</summary>
/// <remarks>
/// Any number of callers may send at the same time; one at a time may read.
/// <para>MUST: the bytes of two lines never mix, and nothing follows a line that was only sent in part.</para>
/// <para>MUST: a line that was received is handed out once, also when an enumeration is left and another begun.</para>
/// </remarks>
public sealed class ParleyConnection : IAsyncDisposable
{
    private const string LineBreakInLine = "A line must not have a line break in it.";

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly LineFramer _framer;
    private readonly int _maxLineBytes;
    private readonly SemaphoreSlim _sendTurn = new(1, 1);
    private SendState _sendState;
    private int _reading;
    private int _disposed;

    private ParleyConnection(Socket socket, Stream stream, ClientOptions options)
    {
        _socket = socket;
        _stream = stream;
        // Zero-byte reads: a connection that waits holds no buffer, which counts where thousands are opened at once.
        _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, useZeroByteReads: true));
        _maxLineBytes = options.MaxLineBytes;
        _framer = new LineFramer(options.MaxLineBytes);
    }

    private enum SendState
    {
        Open,
        LineUnderWay,
        Completed,
    }

    /// <summary>Connects to <paramref name="host"/> (a name, an IPv4 or an IPv6 address) on <paramref name="port"/>.</summary>
    /// <exception cref="SocketException">Nobody listens there, the name is unknown, or the network says no.</exception>
    /// <exception cref="AuthenticationException">Over TLS: the server's certificate will not do.</exception>
    /// <exception cref="IOException">Over TLS: what listens there does not speak it.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="ClientOptions.ConnectTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<ParleyConnection> ConnectAsync(
        string host, int port, ClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        options ??= new ClientOptions();

        // A chat line is a small write that somebody waits for: not worth Nagle's delay.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            KeepAlive(socket);
            using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            try
            {
                await socket.ConnectAsync(host, port, either.Token).ConfigureAwait(false);
                var plain = new NetworkStream(socket, ownsSocket: true);
                return new ParleyConnection(
                    socket, options.Tls is null ? plain : await TlsDialer.DialAsync(plain, host, options.Tls, either.Token).ConfigureAwait(false), options);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"{host} port {port} did not answer within {options.ConnectTimeout.TotalSeconds:0.#} s.");
            }

        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one line, given without its line end; done when the system has taken all of it.</summary>
    /// <exception cref="ArgumentException">The line has a line break (CR or LF) in it.</exception>
    /// <exception cref="InvalidOperationException"><see cref="CompleteAsync"/> was called before.</exception>
    /// <exception cref="IOException">The connection is lost, or an earlier line was cut off by cancelling it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; once part of the line is out, no other line can be sent.</exception>
    public ValueTask SendAsync(string line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ArgumentException(LineBreakInLine, nameof(line));
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(line.Length) + 1);
        return SendAndReturnAsync(buffer, Encoding.UTF8.GetBytes(line, buffer), cancellationToken);
    }

    /// <summary>Sends one line of bytes as they are, given without the line end; done when the system has taken all of it.</summary>
    /// <exception cref="ArgumentException">The line has a line break (CR or LF) in it.</exception>
    /// <exception cref="InvalidOperationException"><see cref="CompleteAsync"/> was called before.</exception>
    /// <exception cref="IOException">The connection is lost, or an earlier line was cut off by cancelling it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; once part of the line is out, no other line can be sent.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken = default)
    {
        if (line.Span.ContainsAny((byte)'\r', (byte)'\n'))
        {
            throw new ArgumentException(LineBreakInLine, nameof(line));
        }

        // Copied, so that the line and its end leave in one send.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(line.Length + 1);
        line.CopyTo(buffer);
        return SendAndReturnAsync(buffer, line.Length, cancellationToken);
    }

    /// <summary>Closes the sending side after what is being sent; reading goes on until the server closes too.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for lines still being sent.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        await _sendTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_sendState == SendState.Completed)
            {
                return;
            }

            _sendState = SendState.Completed;
            if (_stream is SslStream encrypted)
            {
                // So that the server can tell this end from one that somebody on the way has made.
                await encrypted.ShutdownAsync().ConfigureAwait(false);
            }

            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The connection is gone already, so its sending side is closed. The reader learns why.
        }
        finally
        {
            _sendTurn.Release();
        }
    }

    /// <summary>Reads the server's lines, without their line ends, until the server closes its side.</summary>
    /// <remarks>What follows the last line end is a line as well. Bytes that are not UTF-8 become U+FFFD.</remarks>
    /// <exception cref="IOException">The connection was lost.</exception>
    /// <exception cref="InvalidDataException">A line is longer than <see cref="ClientOptions.MaxLineBytes"/>.</exception>
    /// <exception cref="InvalidOperationException">Another enumeration is under way.</exception>
    /// <exception cref="ObjectDisposedException">The connection was disposed of.</exception>
    public async IAsyncEnumerable<string> ReadLinesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        BeginReading();
        try
        {
            bool closed;
            do
            {
                ReadResult read = await ReadAsync(cancellationToken).ConfigureAwait(false);
                closed = read.IsCompleted;
                ReadOnlySequence<byte> rest = read.Buffer;
                bool allSeen = false;
                try
                {
                    while (NextLine(ref rest, closed) is { } line)
                    {
                        yield return line;
                    }

                    allSeen = true;
                }
                finally
                {
                    // Left half-way, the rest counts as unseen: the next enumeration starts with it instead of waiting.
                    _reader.AdvanceTo(rest.Start, allSeen ? rest.End : rest.Start);
                }
            }
            while (!closed);
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    /// <summary>Reads the server's lines as they came, all that are there at once, until the server closes its side.</summary>
    /// <remarks>
    /// For those who read very many lines, at no cost for each. What is handed out are bytes of whole lines with their ends, LF
    /// or CRLF (the last line of all may have none), and good until more is asked for.
    /// </remarks>
    /// <exception cref="IOException">The connection was lost.</exception>
    /// <exception cref="InvalidDataException">A line has not ended after <see cref="ClientOptions.MaxLineBytes"/>.</exception>
    /// <exception cref="InvalidOperationException">Another enumeration is under way.</exception>
    /// <exception cref="ObjectDisposedException">The connection was disposed of.</exception>
    public async IAsyncEnumerable<ReadOnlySequence<byte>> ReadBytesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        BeginReading();
        try
        {
            bool closed;
            do
            {
                ReadResult read = await ReadAsync(cancellationToken).ConfigureAwait(false);
                closed = read.IsCompleted;
                SequencePosition end = closed ? read.Buffer.End : EndOfLines(read.Buffer);
                try
                {
                    ReadOnlySequence<byte> lines = read.Buffer.Slice(0, end);
                    if (!lines.IsEmpty)
                    {
                        yield return lines;
                    }
                    else if (read.Buffer.Length > _maxLineBytes)
                    {
                        throw LineTooLong();
                    }
                }
                finally
                {
                    _reader.AdvanceTo(end, read.Buffer.End);
                }
            }
            while (!closed);
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    /// <summary>Reads what happens, as the lines protocol tells it, until the server closes its side.</summary>
    /// <inheritdoc cref="ReadLinesAsync"/>
    public async IAsyncEnumerable<ServerLine> ReadEventsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (string line in ReadLinesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return ServerLineParser.Parse(line);
        }
    }

    /// <summary>Reads messages and errors, as the addressed protocol tells them, until the server closes its side.</summary>
    /// <inheritdoc cref="ReadLinesAsync"/>
    public async IAsyncEnumerable<AddressedServerLine> ReadAddressedEventsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (string line in ReadLinesAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return AddressedServerLineParser.Parse(line);
        }
    }

    /// <summary>Closes the connection at once; a read or a send under way ends with an error.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            // The reader is not completed: a read may be under way in it, and its memory goes with it.
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    // A peer that vanished (a laptop asleep, a router restarted) says nothing: asked after 60 s of silence, it counts as gone
    // after four questions without an answer, two minutes in all, and reading ends with an error.
    private static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
    }

    private async ValueTask SendAndReturnAsync(byte[] rented, int length, CancellationToken cancellationToken)
    {
        try
        {
            rented[length] = (byte)'\n';
            await _sendTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await SendInTurnAsync(rented.AsMemory(0, length + 1), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _sendTurn.Release();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private async ValueTask SendInTurnAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        switch (_sendState)
        {
            case SendState.Completed:
                throw new InvalidOperationException("The sending side is closed.");
            case SendState.LineUnderWay:
                throw new IOException("An earlier line was cut off, so nothing can follow it.");
        }

        // Stays LineUnderWay when the write fails or is cancelled: nobody knows then how much of it went out.
        _sendState = SendState.LineUnderWay;
        await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        _sendState = SendState.Open;
    }

    private void BeginReading()
    {
        if (Interlocked.Exchange(ref _reading, 1) != 0)
        {
            throw new InvalidOperationException("The connection is being read already.");
        }
    }

    private async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (Volatile.Read(ref _disposed) != 0)
        {
            throw new ObjectDisposedException(nameof(ParleyConnection));
        }
    }

    private string? NextLine(ref ReadOnlySequence<byte> input, bool closed) =>
        _framer.TryRead(ref input, out ReadOnlySequence<byte> line) switch
        {
            FrameResult.Line => Encoding.UTF8.GetString(line),
            FrameResult.TooLong => throw LineTooLong(),
            _ => closed && _framer.TryReadRest(ref input, out line) ? Encoding.UTF8.GetString(line) : null,
        };

    private InvalidDataException LineTooLong() => new($"The server sent a line of more than {_maxLineBytes} bytes.");

    /// <summary>The position after the last LF, or the start if there is none.</summary>
    private static SequencePosition EndOfLines(in ReadOnlySequence<byte> input)
    {
        long end = 0;
        long passed = 0;
        foreach (ReadOnlyMemory<byte> memory in input)
        {
            int last = memory.Span.LastIndexOf((byte)'\n');
            end = last < 0 ? end : passed + last + 1;
            passed += memory.Length;
        }

        return input.GetPosition(end);
    }
}
