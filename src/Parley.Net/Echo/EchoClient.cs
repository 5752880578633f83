using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Net.Echo;

/// <summary>One client of an <see cref="EchoSender"/>: sends a line, waits until as many bytes are back, compares.</summary>
internal sealed class EchoClient : IDisposable
{
    private readonly int _number;
    private readonly Socket _socket;
    private readonly EchoLoad _load;
    private readonly TimeProvider _time;
    private readonly byte[] _sent;
    private readonly byte[] _returned;

    private EchoClient(int number, Socket socket, EchoLoad load, TimeProvider time)
    {
        _number = number;
        _socket = socket;
        _load = load;
        _time = time;
        _sent = new byte[load.LineBytes];
        _returned = new byte[load.LineBytes];
    }

    /// <summary>Connects; throws a <see cref="SocketException"/> or a <see cref="TimeoutException"/> if that fails.</summary>
    public static async ValueTask<EchoClient> ConnectAsync(
        int number, IPEndPoint server, EchoLoad load, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken).AsTask()
                .WaitAsync(load.Timeout, time, cancellationToken).ConfigureAwait(false);
            return new EchoClient(number, socket, load, time);
        }
        catch (TimeoutException)
        {
            socket.Dispose();
            throw new TimeoutException("no connection in time");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one line and counts what becomes of it; throws when the connection is of no further use.</summary>
    public async Task SendOneAsync(int line, EchoReport report, CancellationToken cancellationToken)
    {
        Write(line);
        using var patience = new CancellationTokenSource(_load.Timeout, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        long start = _time.GetTimestamp();
        try
        {
            report.AddSent();
            await SendAllAsync(ending.Token).ConfigureAwait(false);
            await ReceiveAllAsync(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("no answer in time");
        }

        if (_returned.AsSpan().SequenceEqual(_sent))
        {
            report.AddReturned(_time.GetElapsedTime(start));
        }
        else
        {
            report.AddWrong();
            throw new IOException("something else came back than was sent");
        }
    }

    public void Dispose() => _socket.Dispose();

    // "12 345 abcdef...": no two lines of a run are alike, so one that comes to the wrong client is noticed.
    private void Write(int line)
    {
        int length = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_number} {line} "), _sent);
        for (int i = length; i < _sent.Length - 1; i++)
        {
            _sent[i] = (byte)('a' + (i % 26));
        }

        _sent[^1] = (byte)'\n';
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        int sent = 0;
        while (sent < _sent.Length)
        {
            sent += await _socket.SendAsync(_sent.AsMemory(sent), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReceiveAllAsync(CancellationToken cancellationToken)
    {
        int received = 0;
        while (received < _returned.Length)
        {
            int more = await _socket.ReceiveAsync(_returned.AsMemory(received), cancellationToken).ConfigureAwait(false);
            received += more;

            // What is back is compared when the line is over, or the wrong answer to a long line would be waited for.
            if (more == 0)
            {
                throw new IOException("the server closed the connection");
            }

            if (_returned[received - 1] == (byte)'\n')
            {
                _returned.AsSpan(received).Clear();
                return;
            }
        }
    }
}
