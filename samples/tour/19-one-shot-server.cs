#:property PublishAot=false

// A one-shot server: one client, one line, one answer
//
// Listen, accept, read a line, answer, close. The listener is open before the client starts, so the client may connect
// whenever it likes; port 0 asks the system for a free port. The client runs in the same program, so that one command shows
// both ends.
//
// The trap: taking one read for one message. TCP carries a stream of bytes. A line may come in two pieces, as below, where
// the client waits with the rest until the first piece was read; and one read may bring a line and a half. So the pieces are
// gathered until there is a line end in them, and what comes after it is kept for the next line.
//
// In Parley: src/Parley.Protocol/Framing/LineFramer.cs cuts lines off what has come in, with a limit on their length; that
// the cuts between packets never matter is what tests/Parley.Protocol.Tests/Framing/SplitIndependenceTests.cs is about.
//
// Output:
//   server: a read brought "hel", no line yet
//   server: a read brought "lo\nand", a line
//   client: HELLO
//   client: the server has closed

using System.Net;
using System.Net.Sockets;
using System.Text;

var firstPieceRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var listener = new TcpListener(IPAddress.Loopback, port: 0);
listener.Start();
await Task.WhenAll(ServeOneAsync(), TalkAsync(((IPEndPoint)listener.LocalEndpoint).Port));

async Task ServeOneAsync()
{
    using TcpClient connection = await listener.AcceptTcpClientAsync();
    NetworkStream stream = connection.GetStream();
    byte[] buffer = new byte[1024];
    var received = new StringBuilder();
    int end;
    while ((end = received.ToString().IndexOf('\n')) < 0)
    {
        int length = await stream.ReadAsync(buffer);
        if (length == 0)
        {
            return; // the client left in the middle of a line
        }

        string piece = Encoding.ASCII.GetString(buffer, 0, length);
        received.Append(piece);
        Console.WriteLine($"server: a read brought \"{piece.ReplaceLineEndings("\\n")}\", {(piece.Contains('\n') ? "a line" : "no line yet")}");
        firstPieceRead.TrySetResult();
    }

    string line = received.ToString(0, end);
    await stream.WriteAsync(Encoding.ASCII.GetBytes(line.ToUpperInvariant() + "\n"));
}

async Task TalkAsync(int port)
{
    using var client = new TcpClient();
    await client.ConnectAsync(IPAddress.Loopback, port);
    NetworkStream stream = client.GetStream();
    await stream.WriteAsync("hel"u8.ToArray());
    await firstPieceRead.Task;
    await stream.WriteAsync("lo\nand"u8.ToArray());

    using var reader = new StreamReader(stream);
    Console.WriteLine($"client: {await reader.ReadLineAsync()}");
    Console.WriteLine($"client: {(await reader.ReadLineAsync() is null ? "the server has closed" : "there is more")}");
}
