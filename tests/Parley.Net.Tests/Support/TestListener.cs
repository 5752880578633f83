using System.Net;
using System.Net.Sockets;

namespace Parley.Net.Tests.Support;

/// <summary>A port on this machine that treats whoever connects as the test says, one after the other.</summary>
internal sealed class TestListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    public TestListener(Func<Socket, CancellationToken, Task> serve)
    {
        _listener.Start();
        _serving = ServeAsync(serve);
    }

    public int Port => EndPoint.Port;

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Closes with a reset instead of an end.</summary>
    public static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>A port at which nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task ServeAsync(Func<Socket, CancellationToken, Task> serve)
    {
        while (true)
        {
            using Socket socket = await _listener.AcceptSocketAsync(_ending.Token);
            await serve(socket, _ending.Token);
        }
    }
}
