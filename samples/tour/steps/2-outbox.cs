#:property PublishAot=false

// Step 2: an outbox for each session
//
// Still an echo. But a session does not write to its connection any more where it happens to have something to say: it puts
// lines into its outbox, a channel, and one task takes them out and sends them. Soon others will have something to say to
// this client; they will do it through the outbox, at any time, from any thread, without waiting.
//
// The trap: several tasks that write to one connection. Their bytes mix in the middle of a line, and a StreamWriter throws
// on the second. One writer for each connection, fed by a queue, is the cure.
//
// In Parley: src/Parley.Core/Delivery/Outbox.cs.
//
// Output:
//   ana > hello
//   ana < hello
//   ana > anybody here?
//   ana < anybody here?

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

await using var server = new ChatServer();
using Client ana = await Client.ConnectAsync("ana", server);
await ana.SayAsync("hello");
await ana.HearAsync();
await ana.SayAsync("anybody here?");
await ana.HearAsync();

internal sealed class ChatServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
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

    private async Task AcceptAsync()
    {
        List<Task> sessions = [];
        try
        {
            while (true)
            {
                var session = new Session(await _listener.AcceptTcpClientAsync());
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

internal sealed class Session(TcpClient connection)
{
    private readonly NetworkStream _stream = connection.GetStream();
    private readonly Channel<string> _outbox = Channel.CreateUnbounded<string>();

    public void Send(string line) => _outbox.Writer.TryWrite(line);

    public async Task RunAsync()
    {
        using (connection)
        {
            Task sending = SendAsync();
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
            Send(line);
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
