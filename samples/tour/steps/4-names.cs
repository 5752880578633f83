#:property PublishAot=false

// Step 4: names
//
// Each session gets a name when it comes in, is told so, and what it says is heard under that name; coming and going is
// told to the others. Greeting, entering the list and telling the others happen in one hold of the lock: nobody can be
// heard before being announced, and the greeting is the first line a client reads.
//
// The trap: telling the others first and adding to the list afterwards, or the other way round, in two holds of the lock.
// Whatever is said in between is missed, or heard from somebody who "is not here".
//
// In Parley: Enter in src/Parley.Core/Broker/Rooms/Room.cs; src/Parley.Core/Names/NameGenerator.cs thinks of nicer names.
//
// Output:
//   ana < You are Guest1
//   ben < You are Guest2
//   ana < Guest2 joined
//   ana > hello
//   ana < Guest1: hello
//   ben < Guest1: hello
//   ana < Guest2 left

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

await using var server = new ChatServer();
using Client ana = await Client.ConnectAsync("ana", server);
await ana.HearAsync();

using Client ben = await Client.ConnectAsync("ben", server);
await ben.HearAsync();
await ana.HearAsync();
await ana.SayAsync("hello");
await ana.HearAsync();
await ben.HearAsync();
ben.Dispose();
await ana.HearAsync();

internal sealed class ChatServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly Lock _gate = new();
    private readonly List<Session> _members = [];
    private readonly Task _accepting;
    private int _guests;

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
            session.Name = $"Guest{++_guests}";
            session.Send($"You are {session.Name}");
            Tell($"{session.Name} joined");
            _members.Add(session);
        }
    }

    public void Leave(Session session)
    {
        lock (_gate)
        {
            _members.Remove(session);
            Tell($"{session.Name} left");
        }
    }

    public void Say(Session session, string text)
    {
        lock (_gate)
        {
            Tell($"{session.Name}: {text}");
        }
    }

    // The gate is held.
    private void Tell(string line) => _members.ForEach(member => member.Send(line));

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

    public string Name { get; set; } = "";

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
            server.Say(this, line);
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
