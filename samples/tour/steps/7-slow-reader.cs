#:property PublishAot=false

// Step 7: a reader that does not read
//
// A client that reads nothing lets its outbox grow. Now the outbox has a bound; what does not fit is not queued but counted,
// and as soon as there is room again, the client is told how many lines it missed, in the place where they would have been.
// Nobody else notices anything. Below Ben reads nothing until the server has dropped something of his, while Ana keeps up;
// then he reads, and what he heard and what he was told he missed make all that was said.
//
// The trap: no bound, and one sleeping laptop takes the memory of the server. Or a bound with waiting, which is worse: the
// one who speaks waits for the one who sleeps, with the lock in hand, and everybody waits for both.
//
// In Parley: src/Parley.Core/Delivery/OverflowPolicy.cs (there the oldest lines go, and the newest are kept); a reader that
// is stopped for good is in tests/Parley.EndToEnd.Tests/StoppedReaderTests.cs.
//
// Output:
//   ana < You are Guest1
//   ben < You are Guest2
//   ana < Guest2 joined
//   ana speaks and hears until a line was dropped: ben does not read
//   ben reads: Server is very busy and dropped some messages, sorry!
//   heard and dropped make all that was said: True
//   ana > welcome back
//   ben < Guest1: welcome back

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

Console.WriteLine("ana speaks and hears until a line was dropped: ben does not read");
int said = 0;
for (string line = new('x', 64 * 1024); server.Dropped == 0; said++)
{
    await ana.WriteAsync(line);
    await ana.ListenAsync();
}

int dropped = 0;
for (int heard = 0; heard + dropped < said;)
{
    string line = await ben.ListenAsync() ?? throw new EndOfStreamException();
    if (line.StartsWith("Server is very busy", StringComparison.Ordinal))
    {
        dropped += int.Parse(line.Split(' ')[6]);
    }
    else
    {
        heard++;
    }
}

Console.WriteLine($"ben reads: Server is very busy and dropped {(dropped > 0 ? "some" : "no")} messages, sorry!");
Console.WriteLine($"heard and dropped make all that was said: {dropped == server.Dropped}");
await ana.SayAsync("welcome back");
await ben.HearAsync();

internal sealed class ChatServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, List<Session>> _rooms = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task _accepting;
    private int _guests;
    private int _dropped;

    public ChatServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public int Dropped => Volatile.Read(ref _dropped);

    public void CountDropped() => Interlocked.Increment(ref _dropped);

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
    private readonly Channel<string> _outbox = Channel.CreateBounded<string>(capacity: 16);
    private readonly Lock _gate = new();
    private int _missed;

    public string Name { get; set; } = "";

    public string Room { get; set; } = "";

    public void Send(string line)
    {
        lock (_gate)
        {
            // Once a line was dropped, those behind it are too, until the notice is in: it stands for all of them.
            if (_missed > 0 || !_outbox.Writer.TryWrite(line))
            {
                _missed++;
                server.CountDropped();
            }
        }
    }

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
                NoteMissed();
                await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            }
        }
        catch (IOException)
        {
            // Nobody reads any more. What is still in the outbox goes with it.
        }
    }

    // A line was taken out, so there is room for the notice.
    private void NoteMissed()
    {
        lock (_gate)
        {
            if (_missed > 0 && _outbox.Writer.TryWrite($"Server is very busy and dropped {_missed} messages, sorry!"))
            {
                _missed = 0;
            }
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
        await WriteAsync(line);
    }

    public async Task WriteAsync(string line) => await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public async Task<string?> ListenAsync() => await _reader.ReadLineAsync();

    public async Task HearAsync() => Console.WriteLine($"{name} < {await ListenAsync() ?? "(the end)"}");

    public void Dispose() => connection.Dispose();
}
