using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Parley.Server.Transport;
using Parley.Server.Transport.Loop;
using Parley.TestKit;

namespace Parley.Server.Tests.Support;

/// <summary>A server on a single socket loop: whatever anybody does takes the same thread's time. Skips the test where there are no loops.</summary>
internal sealed class OneLoopServer : IAsyncDisposable
{
    private readonly SocketLoop _loop;
    private readonly TestServer _server;

    public OneLoopServer()
    {
        Assert.SkipUnless(SocketLoops.IsSupported, "There are no socket loops on this system");
        _loop = new SocketLoop(error => Errors.Add(error));
        _server = new TestServer(flushes: new Scheduler(_loop));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        Address = _server.Listen(new LineListener(
            socket, accepted => new LoopConnection(accepted, _loop), settings: null, _server.Time, _server.Log.CreateLogger("listener")));
    }

    public EndPoint Address { get; }

    /// <summary>What handlers let through.</summary>
    public ConcurrentBag<Exception> Errors { get; } = [];

    /// <summary>Somebody in <c>main</c> who reads when asked.</summary>
    public Task<ScriptedClient> EnterAsync(string name) => _server.ConnectAsync(Address, name);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _loop.Dispose();
    }

    private sealed class Scheduler(SocketLoop loop) : PipeScheduler
    {
        public override void Schedule(Action<object?> action, object? state) => loop.Schedule(action, state);
    }
}
