using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>What becomes of the lines that a server sends on one connection.</summary>
/// <param name="line">The next line from the server, its end included.</param>
/// <returns>What the client gets instead.</returns>
internal delegate IEnumerable<byte[]> Fault(byte[] line);

/// <summary>Stands between clients and a server, and does harm to what the first of the clients is told.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Fault _fault;
    private readonly Task _accepting;

    public FaultyProxy(int serverPort, Fault fault)
    {
        _serverPort = serverPort;
        _fault = fault;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Leaves out the message with this number, from 1 on.</summary>
    public static Fault Drop(int number)
    {
        int messages = 0;
        return line => IsMessage(line) && ++messages == number ? [] : [line];
    }

    /// <summary>Passes the message with this number on twice.</summary>
    public static Fault Repeat(int number)
    {
        int messages = 0;
        return line => IsMessage(line) && ++messages == number ? [line, line] : [line];
    }

    /// <summary>Has the message with this number change places with the next.</summary>
    public static Fault Swap(int number)
    {
        int messages = 0;
        byte[]? held = null;
        return line =>
        {
            if (IsMessage(line) && ++messages == number)
            {
                held = line;
                return [];
            }

            if (held is null)
            {
                return [line];
            }

            byte[][] both = [line, held];
            held = null;
            return both;
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    // "Name: text", which no line of the greeting is; or IRC's.
    private static bool IsMessage(ReadOnlySpan<byte> line) => line.IndexOf(" PRIVMSG "u8) > 0 || line.IndexOf(": "u8) is > 0 and var colon && !line[..colon].Contains((byte)' ');

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        Fault fault = _fault;
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_stop.Token);
                connections.Add(ConnectAsync(client, fault));
                fault = line => [line];
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ConnectAsync(Socket client, Fault fault)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
                using NetworkStream fromClient = new(client);
                using NetworkStream fromServer = new(server);
                await Task.WhenAny(fromClient.CopyToAsync(fromServer, _stop.Token), PassOnAsync(fromServer, fromClient, fault));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // One of the two has gone, so the other goes as well.
            }
        }
    }

    private async Task PassOnAsync(NetworkStream server, NetworkStream client, Fault fault)
    {
        PipeReader reader = PipeReader.Create(server);
        while (true)
        {
            ReadResult read = await reader.ReadAsync(_stop.Token);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                SequencePosition next = rest.GetPosition(1, end);
                foreach (byte[] line in fault(rest.Slice(0, next).ToArray()))
                {
                    await client.WriteAsync(line, _stop.Token);
                }

                rest = rest.Slice(next);
            }

            if (read.IsCompleted)
            {
                return;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }
}
