#:property PublishAot=false

// An error-proof server: one bad client never stops it
//
// Whatever one client does, the others must not notice. Two rules do it. A mistake in the input is answered with one line
// that says what to do, and the connection goes on. Anything else that goes wrong in a conversation ends that conversation
// alone, and is logged once, where its task ends. And nothing a client sends may grow without a limit: a line has at most
// twenty bytes here, and what is too long is skipped, not stored.
//
// The trap: `catch` around the accept loop instead of around the conversation; then the first reset ends the server. Or no
// catch at all: the task fails, nobody awaits it, and the only sign of it is a client that complains.
//
// In Parley: src/Parley.Server/Transport/AcceptErrors.cs says which errors of accepting end a listener (hardly any);
// tests/Parley.Server.Tests/Connections/FailureTests.cs has sessions that fail alone.
//
// Output:
//   a long line: too long, at most 20 bytes in a line
//   on the same connection: 3 + 4 = 7
//   no numbers: write two numbers, such as 3 4
//   log: a client failed: DivideByZeroException
//   log: a client failed: ConnectionReset
//   the next one: 5 + 6 = 11

using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

const int MaxLineBytes = 20;
var log = Channel.CreateUnbounded<string>();
using var listener = new TcpListener(IPAddress.Loopback, port: 0);
listener.Start();
Task accepting = AcceptAsync();

using (TcpClient careless = await ConnectAsync())
{
    Console.WriteLine($"a long line: {await AskAsync(careless, new string('9', 1000))}");
    Console.WriteLine($"on the same connection: {await AskAsync(careless, "3 4")}");
    Console.WriteLine($"no numbers: {await AskAsync(careless, "three four")}");
}

using (TcpClient unlucky = await ConnectAsync())
{
    await AskAsync(unlucky, "0 0"); // the server has a bug there
    Console.WriteLine($"log: {await log.Reader.ReadAsync()}");
}

using (TcpClient rude = await ConnectAsync())
{
    await AskAsync(rude, "1 1");
    rude.Client.Close(timeout: 0); // not an ordinary end, but a reset
}

Console.WriteLine($"log: {await log.Reader.ReadAsync()}");

using (TcpClient next = await ConnectAsync())
{
    Console.WriteLine($"the next one: {await AskAsync(next, "5 6")}");
}

listener.Stop();
await accepting;

async Task AcceptAsync()
{
    while (true)
    {
        try
        {
            _ = GuardAsync(await listener.AcceptTcpClientAsync());
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
        {
            // This one was gone before it was in. The next may not be.
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return; // the listener was stopped
        }
    }
}

// Everything that can go wrong in one conversation ends here.
async Task GuardAsync(TcpClient connection)
{
    try
    {
        using (connection)
        {
            await ConverseAsync(connection.GetStream());
        }
    }
    catch (Exception e)
    {
        log.Writer.TryWrite($"a client failed: {(e.InnerException as SocketException)?.SocketErrorCode.ToString() ?? e.GetType().Name}");
    }
}

static async Task ConverseAsync(NetworkStream stream)
{
    var input = PipeReader.Create(stream);
    bool isSkipping = false;
    while (true)
    {
        ReadResult read = await input.ReadAsync();
        ReadOnlySequence<byte> rest = read.Buffer;
        while (rest.PositionOf((byte)'\n') is { } end)
        {
            ReadOnlySequence<byte> line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            string answer = isSkipping || line.Length > MaxLineBytes ? $"too long, at most {MaxLineBytes} bytes in a line" : Answer(line);
            isSkipping = false;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"));
        }

        if (rest.Length > MaxLineBytes)
        {
            (isSkipping, rest) = (true, rest.Slice(rest.End));
        }

        input.AdvanceTo(rest.Start, rest.End);
        if (read.IsCompleted)
        {
            return;
        }
    }
}

static string Answer(ReadOnlySequence<byte> line)
{
    string[] words = Encoding.UTF8.GetString(line).Split(' ');
    if (words.Length != 2 || !int.TryParse(words[0], out int left) || !int.TryParse(words[1], out int right))
    {
        return "write two numbers, such as 3 4";
    }

    return left + right == 0 ? throw new DivideByZeroException() : $"{left} + {right} = {left + right}";
}

async Task<TcpClient> ConnectAsync()
{
    var client = new TcpClient();
    await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
    return client;
}

static async Task<string?> AskAsync(TcpClient client, string line)
{
    await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
    using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
    return await reader.ReadLineAsync();
}
