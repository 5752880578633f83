using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.TestKit;

namespace Parley.Client.Tests.Returning;

/// <summary>A lines server that greets and otherwise does what the test says; it can go away and come back on its port.</summary>
internal sealed class LinesServer : IDisposable
{
    private TcpListener _listener = new(IPAddress.Loopback, 0);

    public LinesServer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>Options with this server's clock, and delays without their random part.</summary>
    public ParleyClientOptions Options(string? name = null, string? room = null, int maxPendingEvents = 1024, bool manyRooms = false, IReadOnlyList<DnsEndPoint>? others = null) => new()
    {
        Others = others ?? [],
        Name = name,
        Room = room,
        ManyRooms = manyRooms,
        MaxPendingEvents = maxPendingEvents,
        Connection = new ClientOptions { TimeProvider = Clock },
        Random = new NoRandom(),
    };

    public Task<ParleyClient> ConnectAsync(ParleyClientOptions options) =>
        ParleyClient.ConnectAsync("127.0.0.1", Port, options, TestContext.Current.CancellationToken);

    public async Task<Guest> AcceptAsync() => new(await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken));

    public async Task<Guest> GreetAsync(string name)
    {
        Guest guest = await AcceptAsync();
        await guest.SayAsync($"You are {name}\nYou joined main\n");
        return guest;
    }

    /// <summary>Listens no more: whoever tries to connect is refused.</summary>
    public void Close() => _listener.Dispose();

    public void Reopen()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    private sealed class NoRandom : Random
    {
        public override double NextDouble() => 0;
    }
}

/// <summary>The server's end of one connection.</summary>
internal sealed class Guest(TcpClient connection) : IDisposable
{
    private readonly StreamReader _reader = new(connection.GetStream());

    public Task<string?> HearAsync() => _reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

    public Task SayAsync(string text) =>
        connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken).AsTask();

    /// <summary>Breaks the connection, so that the client sees a reset.</summary>
    public void Reset() => connection.Client.Close(timeout: 0);

    public void Dispose()
    {
        connection.Dispose();
        _reader.Dispose();
    }
}
