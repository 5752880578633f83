#:property PublishAot=false

// Step 1: an echo server
//
// Where the way to the rooms server begins: it accepts, runs a session for each connection, and sends every line back to
// who wrote it. Everything is in its place already: the server accepts and knows when all are done, a session is one
// connection from its first line to its last, and a failure ends one session. The client at the end of the file stays as it
// is through all steps; the conversation at the top grows with the server.
//
// The trap: a server without an end. This one can stop: it accepts no more, and waits for the sessions that are there.
//
// In Parley: src/Parley.Server/Hosting/LineListeners.cs is the server, src/Parley.Server/Connections/LineConnection.cs the
// session.
//
// Output:
//   ana > hello
//   ana < hello
//   ana > anybody here?
//   ana < anybody here?

using System.Net;
using System.Net.Sockets;
using System.Text;

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

    public async Task RunAsync()
    {
        using (connection)
        {
            try
            {
                await ReceiveAsync();
            }
            catch (IOException)
            {
                // The client is gone: that ends this session, and nothing else.
            }
        }
    }

    private async Task ReceiveAsync()
    {
        using var reader = new StreamReader(_stream, leaveOpen: true);
        await using var writer = new StreamWriter(_stream, leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
        while (await reader.ReadLineAsync() is { } line)
        {
            await writer.WriteLineAsync(line);
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
