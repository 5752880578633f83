#:property PublishAot=false

// Step 3: everybody hears everybody
//
// The server keeps a list of who is here, and what one says goes into the outbox of each. List and saying are behind one
// lock. So all see the messages in one order: two messages at the same time are put one after the other, here, for everybody.
// Putting a line into an outbox never waits, so the lock is held for moments only.
//
// The trap: sending under the lock instead of queueing: then the slowest client decides how fast the room is. Or no lock:
// then two people talking at once are heard in one order by some and in the other by the rest.
//
// In Parley: src/Parley.Core/Broker/IBroker.cs decides the order; tests/Parley.Core.Tests/Rooms/MessageOrderTests.cs checks it.
//
// Output:
//   ana > I am in
//   ana < I am in
//   ben > so am I
//   ana < so am I
//   ben < so am I
//   ana > hello ben
//   ana < hello ben
//   ben < hello ben

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

await using var server = new ChatServer();
using Client ana = await Client.ConnectAsync("ana", server);
await ana.SayAsync("I am in");
await ana.HearAsync();

using Client ben = await Client.ConnectAsync("ben", server);
await ben.SayAsync("so am I");
await ana.HearAsync();
await ben.HearAsync();
await ana.SayAsync("hello ben");
await ana.HearAsync();
await ben.HearAsync();

internal sealed class ChatServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly Lock _gate = new();
    private readonly List<Session> _members = [];
    private readonly Task _accepting;

    public ChatServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    public void Enter(Session session)
    {
        lock (_gate)
        {
            _members.Add(session);
        }
    }

    public void Leave(Session session)
    {
        lock (_gate)
        {
            _members.Remove(session);
        }
    }

    public void Say(string line)
    {
        lock (_gate)
        {
            _members.ForEach(member => member.Send(line));
        }
    }

    private async Task AcceptAsync()
    {
        List<Task> sessions = [];
        try
        {
            while (true)
            {
                var session = new Session(this, await _listener.AcceptTcpClientAsync());
                sessions.Add(session.RunAsync());
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The listener was stopped.
        }

        await Task.WhenAll(sessions);
    }
}

internal sealed class Session(ChatServer server, TcpClient connection)
{
    private readonly NetworkStream _stream = connection.GetStream();
    private readonly Channel<string> _outbox = Channel.CreateUnbounded<string>();

    public void Send(string line) => _outbox.Writer.TryWrite(line);

    public async Task RunAsync()
    {
        using (connection)
        {
            Task sending = SendAsync();
            server.Enter(this);
            try
            {
                await ReceiveAsync();
            }
            catch (IOException)
            {
                // The client is gone: that ends this session, and nothing else.
            }
            finally
            {
                server.Leave(this);
                _outbox.Writer.Complete();
            }

            await sending;
        }
    }

    private async Task ReceiveAsync()
    {
        using var reader = new StreamReader(_stream, leaveOpen: true);
        while (await reader.ReadLineAsync() is { } line)
        {
            server.Say(line);
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (string line in _outbox.Reader.ReadAllAsync())
            {
                await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            }
        }
        catch (IOException)
        {
            // Nobody reads any more. What is still in the outbox goes with it.
        }
    }
}

internal sealed class Client(string name, TcpClient connection) : IDisposable
{
    private readonly StreamReader _reader = new(connection.GetStream());

    public static async Task<Client> ConnectAsync(string name, ChatServer server)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(server.EndPoint);
        return new Client(name, connection);
    }

    public async Task SayAsync(string line)
    {
        Console.WriteLine($"{name} > {line}");
        await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
    }

    public async Task<string?> ListenAsync() => await _reader.ReadLineAsync();

    public async Task HearAsync() => Console.WriteLine($"{name} < {await ListenAsync() ?? "(the end)"}");

    public void Dispose() => connection.Dispose();
}
