using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Server.Addressed;
using Parley.Server.Connections;
using Parley.Server.Lines;
using Parley.Server.Lines.Commands;
using Parley.Server.Lines.Dispatch;
using Parley.Server.Options;
using Parley.Server.Posting;
using Parley.Server.Transport;
using Parley.Server.Transport.Loop;
using Parley.TestKit;

namespace Parley.Server.Tests.Support;

/// <summary>
/// A server without a host: its parts put together by hand, with a clock that is moved by hand. Its connections are in
/// memory, or come in over TCP through the server's own listeners.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string LoopbackAddress = "127.0.0.1";

    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly List<IConnectionListener> _listeners = [];
    private readonly List<ScriptedClient> _clients = [];
    private readonly LinesConnectionHandler _lines;
    private readonly AddressedConnectionHandler _addressed;
    private readonly LocalBroker _local;
    private Task? _stopping;
    private SocketLoops? _loops;

    /// <summary>Puts a server together.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="decorate">Stands before its broker.</param>
    /// <param name="flushes">Flushes its rooms.</param>
    /// <param name="history">Where it keeps history; nowhere unless given.</param>
    public TestServer(
        ParleyOptions? options = null, Func<IBroker, IBroker>? decorate = null, PipeScheduler? flushes = null, IHistoryStore? history = null)
    {
        Options = options ?? new ParleyOptions();
        var recording = history is null ? null : new Recording(history, new RecordingOptions(), new SilentMonitor());
        _local = new LocalBroker(Time, new BrokerOptions { MaxRoomsPerSession = Options.MaxRooms }, flushes, history: recording);
        Broker = decorate?.Invoke(_local) ?? _local;
        Shutdown = new ShutdownSequence(Broker, Log.CreateLogger<ShutdownSequence>());
        Gate = new ConnectionGate(Options, Time);
        Connections = new LineServer(Gate, Broker, Shutdown, Options, Time, Log.CreateLogger<LineServer>());
        Posters = new PosterDirectory(Broker, Shutdown, Time);
        Lines = new LinesContext(Broker, new NameGenerator(1), Options, Time);
        _lines = new LinesConnectionHandler(Connections, Lines, LinesCommandTable.All);
        _addressed = new AddressedConnectionHandler(Connections, new AddressedContext(Broker, Options));
    }

    public ParleyOptions Options { get; }

    public ManualTimeProvider Time { get; } = new();

    public CollectedLog Log { get; } = new();

    public IBroker Broker { get; }

    public ShutdownSequence Shutdown { get; }

    public ConnectionGate Gate { get; }

    public LineServer Connections { get; }

    public PosterDirectory Posters { get; }

    public LinesContext Lines { get; }

    /// <summary>The conversations so far; each ends when its connection has.</summary>
    public Task AllConversationsAsync() => Task.WhenAll(_conversations).WithinSafetyAsync();

    public ScriptedClient OpenLines(string address = LoopbackAddress, string name = "client", int sendBufferBytes = 64 * 1024)
        => Open(_lines, new InMemoryConnection(sendBufferBytes) { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 50000) }, name);

    public ScriptedClient OpenAddressed(string address = LoopbackAddress, string name = "client", int sendBufferBytes = 64 * 1024)
        => Open(_addressed, new InMemoryConnection(sendBufferBytes) { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 50000) }, name);

    /// <summary>A session of one's own on a connection of one's own.</summary>
    public ScriptedClient Open(ConnectionHandler handler, InMemoryConnection connection, string name = "client")
    {
        _conversations.Add(Task.Run(() => handler.OnConnectedAsync(connection)));
        return Track(new ScriptedClient(connection.ClientEnd, name));
    }

    public ScriptedClient OpenLines(InMemoryConnection connection, string name = "client") => Open(_lines, connection, name);

    /// <summary>Somebody on lines, past the greeting, under a name of the test's choosing, in <c>main</c>.</summary>
    public Task<ScriptedClient> EnterAsync(string name, string address = LoopbackAddress, int sendBufferBytes = 64 * 1024)
        => GreetAsync(OpenLines(address, name, sendBufferBytes), name);

    /// <summary>Several, who have seen each other come in, and nothing else.</summary>
    public async Task<ScriptedClient[]> EnterAllAsync(params string[] names)
    {
        var all = new List<ScriptedClient>();
        foreach (var name in names)
        {
            var added = await EnterAsync(name);
            foreach (var other in all)
            {
                await other.ExpectMatchAsync(@"\w+ joined");
                await other.ExpectMatchAsync($@"\w+ is now {name}");
            }

            all.Add(added);
        }

        return [.. all];
    }

    /// <summary>Somebody on addressed, whose login is through.</summary>
    public async Task<ScriptedClient> LogInAsync(string name, string address = LoopbackAddress)
    {
        var client = OpenAddressed(address, name);
        await client.SendLinesAsync(name, "?");
        await client.ExpectMatchAsync("error: The line has no ':'.*");
        return client;
    }

    /// <summary>Listens for the lines protocol on a free port of this machine, with the server's own listener.</summary>
    /// <param name="handler">Who sees to the connections, if not the server's own.</param>
    /// <param name="onLoops">Whether on the server's own socket loops, or on Kestrel's transport where there are none.</param>
    public async Task<EndPoint> ListenAsync(bool onLoops = true, ConnectionHandler? handler = null)
    {
        _loops ??= onLoops && SocketLoops.IsSupported ? new SocketLoops(TimeProvider.System, Log.CreateLogger<SocketLoops>()) : null;
        var factory = new LineListenerFactory(Options, Time, Log, _loops);
        return Listen(await factory.BindAsync(new IPEndPoint(IPAddress.Loopback, 0)), handler);
    }

    /// <summary>Takes what comes in at a listener of the test's own, for the lines protocol unless somebody else sees to it.</summary>
    public EndPoint Listen(IConnectionListener listener, ConnectionHandler? handler = null)
    {
        _listeners.Add(listener);
        _conversations.Add(AcceptAsync(listener, handler ?? _lines));
        return listener.EndPoint;
    }

    public async Task<ScriptedClient> ConnectAsync(EndPoint address, string name, int? receiveBufferBytes = null)
        => await GreetAsync(Track(await ScriptedClient.ConnectAsync(address, name, receiveBufferBytes)), name);

    /// <summary>Begins to stop, as the host does. The task ends when everything has, the conversations too.</summary>
    public Task StopAsync() => _stopping ??= StopOnceAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await StopAsync();
        Posters.Dispose();
        Shutdown.Dispose();
        _loops?.Dispose();
        await _local.DisposeAsync();
    }

    private async Task StopOnceAsync()
    {
        await Shutdown.BeginAsync();
        foreach (var listener in _listeners)
        {
            await listener.UnbindAsync();
            await listener.DisposeAsync();
        }

        await AllConversationsAsync();
    }

    private async Task AcceptAsync(IConnectionListener listener, ConnectionHandler handler)
    {
        while (await listener.AcceptAsync() is { } connection)
        {
            _conversations.Add(ServeAsync(connection, handler));
        }
    }

    private async Task ServeAsync(ConnectionContext connection, ConnectionHandler handler)
    {
        await using (connection)
        {
            await handler.OnConnectedAsync(connection);
        }
    }

    private async Task<ScriptedClient> GreetAsync(ScriptedClient client, string name)
    {
        var greeting = await client.ReadUntilAsync("You joined main");
        await client.SendLineAsync("/name " + name);
        await client.ReadUntilAsync($"{greeting[^1]["You are ".Length..]} is now {name}");
        return client;
    }

    private ScriptedClient Track(ScriptedClient client)
    {
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }
}
