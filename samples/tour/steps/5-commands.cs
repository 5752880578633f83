#:property PublishAot=false

// Step 5: commands
//
// A line that begins with a slash is for the server: /name, /users, /quit. One place looks at the first word; each command
// asks the server for one decision. Is that name free, and if so it is yours from now on: asking and taking are one step
// under the lock. Names are compared without case, so that nobody can pass for another by a capital letter.
//
// The trap: checking first and taking later. Two clients ask for one name at the same time, both are told that it is free,
// and both take it. And matching commands by how they begin: /namesake is not /name.
//
// In Parley: a file for each command in src/Parley.Server/Lines/Commands/LinesCommandTable.cs; who has which name is in
// src/Parley.Core/Broker/NameDirectory.cs.
//
// Output:
//   ana < You are Guest1
//   ben < You are Guest2
//   ana < Guest2 joined
//   ana > /name ana
//   ana < Guest1 is now ana
//   ben < Guest1 is now ana
//   ben > /name ANA
//   ben < ANA is already taken
//   ben > /users
//   ben < Users - ana, Guest2
//   ben > /namesake
//   ben < Unrecognized command /namesake
//   ben > /quit
//   ben < (the end)
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
await ana.SayAsync("/name ana");
await ana.HearAsync();
await ben.HearAsync();
foreach (string command in new[] { "/name ANA", "/users", "/namesake", "/quit" })
{
    await ben.SayAsync(command);
    await ben.HearAsync();
}

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

    public void Rename(Session session, string name)
    {
        lock (_gate)
        {
            IEnumerable<Session> others = _members.Where(member => member != session);
            if (others.Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                session.Send($"{name} is already taken");
                return;
            }

            Tell($"{session.Name} is now {name}");
            session.Name = name;
        }
    }

    public void ListUsers(Session session)
    {
        lock (_gate)
        {
            session.Send($"Users - {string.Join(", ", _members.Select(member => member.Name))}");
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
        while (await reader.ReadLineAsync() is { } line && Handle(line))
        {
        }
    }

    // False: the client wants to leave.
    private bool Handle(string line)
    {
        string[] words = line.Split(' ', 2);
        switch (words)
        {
            case ["/quit", ..]:
                return false;
            case ["/name", string name]:
                server.Rename(this, name);
                break;
            case ["/users"]:
                server.ListUsers(this);
                break;
            case [['/', ..], ..]:
                Send($"Unrecognized command {words[0]}");
                break;
            default:
                server.Say(this, line);
                break;
        }

        return true;
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
