#:property PublishAot=false

// Step 8: a server that stops without losing anything
//
// Stopping has an order. First no new connections. Then, under the lock, one last line to everybody, after which nothing is
// decided any more: so all that was accepted is in all the outboxes it belongs in. Then the readers end, and only then do the
// outboxes complete: each is sent to its end, for two seconds at most. Below Ben has not read anything when the server
// stops; he gets it all the same, and then the end.
//
// The trap: closing each connection as its turn comes. A message that was accepted from one is then missing at another who
// was closed a moment before. And closing while the client's bytes are still unread: that is a reset, which overtakes what
// was just sent. So the session closes its sending side, and reads on until the client has closed too.
//
// In Parley: src/Parley.Server/Connections/ShutdownSequence.cs, and the same story under a flood of messages in
// tests/Parley.EndToEnd.Tests/SignalDuringBurstTests.cs.
//
// Output:
//   ana < You are Guest1
//   ben < You are Guest2
//   ana < Guest2 joined
//   ana > before I forget
//   ana < Guest1: before I forget
//   the server stops
//   ana < Server is shutting down
//   ana < (the end)
//   ben < Guest1: before I forget
//   ben < Server is shutting down
//   ben < (the end)
//   the server has stopped

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

var server = new ChatServer();
using Client ana = await Client.ConnectAsync("ana", server);
await ana.HearAsync();

using Client ben = await Client.ConnectAsync("ben", server);
await ben.HearAsync();
await ana.HearAsync();
await ana.SayAsync("before I forget");
await ana.HearAsync();

Console.WriteLine("the server stops");
Task stopping = server.DisposeAsync().AsTask();
foreach (int _ in new int[2])
{
    await ana.HearAsync();
}

ana.Dispose();
foreach (int _ in new int[3])
{
    await ben.HearAsync();
}

ben.Dispose();
await stopping;
Console.WriteLine("the server has stopped");

internal sealed class ChatServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, List<Session>> _rooms = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task _accepting;
    private readonly CancellationTokenSource _stopping = new();
    private bool _isStopped;
    private int _guests;
    private int _dropped;

    public ChatServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public CancellationToken Stopping => _stopping.Token;

    public int Dropped => Volatile.Read(ref _dropped);

    public void CountDropped() => Interlocked.Increment(ref _dropped);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        lock (_gate)
        {
            foreach (string room in _rooms.Keys)
            {
                Tell(room, "Server is shutting down");
            }

            _isStopped = true;
        }

        await _stopping.CancelAsync();
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

    private void Tell(string room, string line)
    {
        if (!_isStopped)
        {
            _rooms[room].ForEach(member => member.Send(line));
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
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client is gone, which ends this session and nothing else; or the server stops.
            }
            finally
            {
                server.Leave(this);
                _outbox.Writer.Complete();
            }

            await CloseAsync(sending);
        }
    }

    private async Task CloseAsync(Task sending)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        try
        {
            await sending.WaitAsync(limit.Token);
            connection.Client.Shutdown(SocketShutdown.Send);
            await _stream.CopyToAsync(Stream.Null, limit.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Enough was tried.
        }
    }

    private async Task ReceiveAsync()
    {
        using var reader = new StreamReader(_stream, leaveOpen: true);
        while (await reader.ReadLineAsync(server.Stopping) is { } line && Handle(line))
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
