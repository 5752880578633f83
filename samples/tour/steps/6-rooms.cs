#:property PublishAot=false

// Step 6: rooms
//
// The list of members becomes a table of rooms, and each session knows its room. Joining is leaving one and entering another
// in one hold of the lock, so a session is in exactly one room whenever somebody looks. A room is made by the first who
// enters and is gone with the last who leaves.
//
// The trap: empty rooms that stay. A client that joins a new name with every line fills the memory. Taking them away has a
// trap of its own as soon as each room has its own lock: somebody may be entering the very room that is being removed.
//
// In Parley: a lock for each room, src/Parley.Core/Broker/Rooms/Room.cs, in src/Parley.Core/Broker/Rooms/RoomDirectory.cs; the race is
// forced in tests/Parley.Core.Tests/Rooms/JoinAgainstLastLeaveTests.cs.
//
// Output:
//   ana < You are Guest1
//   ben < You are Guest2
//   ana < Guest2 joined
//   ben > /join tea
//   ben < You joined tea
//   ana < Guest2 left
//   ben > only tea hears this
//   ben < Guest2: only tea hears this
//   ana > /rooms
//   ana < Rooms - main (1), tea (1)
//   ben > /join main
//   ben < You joined main
//   ana < Guest2 joined
//   ana > /rooms
//   ana < Rooms - main (2)

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
await ben.SayAsync("/join tea");
await ben.HearAsync();
await ana.HearAsync();
await ben.SayAsync("only tea hears this");
await ben.HearAsync();
await ana.SayAsync("/rooms");
await ana.HearAsync();
await ben.SayAsync("/join main");
await ben.HearAsync();
await ana.HearAsync();
await ana.SayAsync("/rooms");
await ana.HearAsync();

internal sealed class ChatServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, List<Session>> _rooms = new(StringComparer.OrdinalIgnoreCase);
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
            EnterRoom(session, "main");
        }
    }

    public void Leave(Session session)
    {
        lock (_gate)
        {
            LeaveRoom(session);
        }
    }

    public void Join(Session session, string room)
    {
        lock (_gate)
        {
            LeaveRoom(session);
            EnterRoom(session, room);
            session.Send($"You joined {session.Room}");
        }
    }

    public void Say(Session session, string text)
    {
        lock (_gate)
        {
            Tell(session.Room, $"{session.Name}: {text}");
        }
    }

    public void Rename(Session session, string name)
    {
        lock (_gate)
        {
            IEnumerable<Session> others = _rooms.Values.SelectMany(members => members).Where(member => member != session);
            if (others.Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                session.Send($"{name} is already taken");
                return;
            }

            Tell(session.Room, $"{session.Name} is now {name}");
            session.Name = name;
        }
    }

    public void ListUsers(Session session)
    {
        lock (_gate)
        {
            session.Send($"Users - {string.Join(", ", _rooms[session.Room].Select(member => member.Name))}");
        }
    }

    public void ListRooms(Session session)
    {
        lock (_gate)
        {
            session.Send($"Rooms - {string.Join(", ", _rooms.Select(room => $"{room.Key} ({room.Value.Count})"))}");
        }
    }

    // The gate is held, here and below.
    private void EnterRoom(Session session, string room)
    {
        _rooms.TryAdd(room, []);
        Tell(room, $"{session.Name} joined");
        _rooms[room].Add(session);
        session.Room = room;
    }

    private void LeaveRoom(Session session)
    {
        _rooms[session.Room].Remove(session);
        Tell(session.Room, $"{session.Name} left");
        if (_rooms[session.Room].Count == 0)
        {
            _rooms.Remove(session.Room);
        }
    }

    private void Tell(string room, string line) => _rooms[room].ForEach(member => member.Send(line));

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

    public string Room { get; set; } = "";

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
            case ["/join", string room]:
                server.Join(this, room);
                break;
            case ["/rooms"]:
                server.ListRooms(this);
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
