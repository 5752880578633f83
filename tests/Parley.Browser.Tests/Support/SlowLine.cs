using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Parley.Browser.Tests.Support;

/// <summary>A line to the server that carries so many bytes a second to the browser, over all connections together.</summary>
/// <remarks>Chromium's own emulation of a slow network is no choice: of a hundred requests at once some are never answered, once in twenty visits on a busy machine.</remarks>
internal sealed class SlowLine : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Uri _server;
    private readonly int _bytesPerSecond;
    private readonly Task _accepting;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _free;
    private long _carried;

    public SlowLine(Uri server, int bytesPerSecond)
    {
        (_server, _bytesPerSecond) = (server, bytesPerSecond);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the page is for whoever comes by this line.</summary>
    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>Bytes that the browser has been sent, headers and WebSocket frames among them.</summary>
    public long Carried => Interlocked.Read(ref _carried);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
        _turn.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var near = browser;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _server.Port, _end.Token);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), _end.Token), CarryDownAsync(far.GetStream(), near.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One of the two is gone, or the test is over.
        }
    }

    private async Task CarryDownAsync(NetworkStream server, NetworkStream browser)
    {
        var bytes = new byte[_bytesPerSecond * Step.Milliseconds / 1000];
        using var timer = new PeriodicTimer(Step);
        int count;
        while ((count = await server.ReadAsync(bytes, _end.Token)) > 0)
        {
            await _turn.WaitAsync(_end.Token);
            try
            {
                // Small pieces do not wait for a tick each, else a hundred small files would take a second more than the line does.
                var now = _clock.Elapsed;
                _free = (_free > now ? _free : now) + TimeSpan.FromSeconds((double)count / _bytesPerSecond);
                while (_free - _clock.Elapsed > Step)
                {
                    await timer.WaitForNextTickAsync(_end.Token);
                }

                await browser.WriteAsync(bytes.AsMemory(0, count), _end.Token);
                Interlocked.Add(ref _carried, count);
            }
            finally
            {
                _turn.Release();
            }
        }
    }
}
