using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Parley.Server.Transport.Loop;
using Parley.TestKit;

namespace Parley.Server.Tests.Support;

/// <summary>One socket loop with connections over TCP, whose thread a test can hold still. Skips the test where there are no loops.</summary>
internal sealed class TestLoop : IAsyncDisposable
{
    private readonly List<LoopConnection> _connections = [];
    private readonly List<Socket> _clients = [];

    public TestLoop()
    {
        Assert.SkipUnless(SocketLoops.IsSupported, "There are no socket loops on this system");
        Loop = new SocketLoop(Errors.Enqueue);
    }

    public SocketLoop Loop { get; }

    /// <summary>What handlers let through.</summary>
    public ConcurrentQueue<Exception> Errors { get; } = new();

    /// <summary>A connection on the loop, and its client's end.</summary>
    public async Task<(LoopConnection Server, Socket Client)> ConnectAsync(int? bufferBytes = null)
    {
        var (server, client) = await ConnectSocketsAsync(bufferBytes);
        return (Take(server), client);
    }

    /// <summary>Both ends of a connection that the loop does not know yet.</summary>
    public async Task<(Socket Server, Socket Client)> ConnectSocketsAsync(int? bufferBytes = null)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        if (bufferBytes is { } bytes)
        {
            (listener.ReceiveBufferSize, listener.SendBufferSize) = (bytes, bytes);
        }

        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (bufferBytes is { } clientBytes)
        {
            (client.ReceiveBufferSize, client.SendBufferSize) = (clientBytes, clientBytes);
        }

        _clients.Add(client);
        await client.ConnectAsync(listener.LocalEndPoint!).WithinSafetyAsync();
        return (await listener.AcceptAsync().WithinSafetyAsync(), client);
    }

    /// <summary>Has the loop watch a socket.</summary>
    public LoopConnection Take(Socket socket)
    {
        var connection = new LoopConnection(socket, Loop);
        lock (_connections)
        {
            _connections.Add(connection);
        }

        return connection;
    }

    /// <summary>A connection's end, now and on any thread; the loop does it no more at its own end.</summary>
    public async ValueTask CloseAsync(LoopConnection connection)
    {
        lock (_connections)
        {
            _connections.Remove(connection);
        }

        await connection.DisposeAsync();
    }

    /// <summary>Holds the loop's thread: what becomes ready until the release comes in one batch.</summary>
    public async Task<LoopHold> HoldAsync()
    {
        var hold = new LoopHold();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Schedule(
            _ =>
            {
                held.SetResult();
                hold.Pause();
            },
            null);
        await held.Task.WithinSafetyAsync();
        return hold;
    }

    /// <summary>Reads, but not for ever. The test goes on outside the loop, where it may wait for the loop.</summary>
    public static async Task<ReadResult> ReadAsync(LoopConnection connection)
    {
        var result = await connection.Input.ReadAsync(TestContext.Current.CancellationToken).AsTask().WithinSafetyAsync();
        await Task.Yield();
        return result;
    }

    /// <summary>Sends something that the kernel takes at once.</summary>
    public static void Send(Socket client, ReadOnlySpan<byte> bytes) => Assert.Equal(bytes.Length, client.Send(bytes));

    /// <summary>Completes when the loop has run what was scheduled before.</summary>
    public Task PassAsync()
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Schedule(_ => passed.SetResult(), null);
        return passed.Task.WithinSafetyAsync();
    }

    /// <summary>Has the loop go on behind whatever is stuck, as its timer would.</summary>
    public void Relieve() => Loop.Relieve(Environment.TickCount64 + (long)SocketLoop.MaxHandlerTime.TotalMilliseconds + 1);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        Loop.Dispose();
    }
}
