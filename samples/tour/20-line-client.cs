#:property PublishAot=false

// A line client that says when it is done
//
// A connection has two directions, and each is closed by itself. The client sends its lines and closes its sending side
// (Shutdown): the server reads the end, answers, and closes the other direction. So `echo hello | nc host port` gets its
// answer. Reading until the end of the stream tells the client that it has everything.
//
// The trap: closing the whole connection after the last line. The answer is then lost: it comes to a socket that is no longer
// there. The same on the other side, where it is harder to see: a server that closes while bytes from the client are still
// unread resets the connection, and the reset overtakes what it has just sent.
//
// In Parley: CompleteAsync in src/Parley.Client/ParleyConnection.cs closes the sending side; CloseAsync in
// src/Parley.Server/Connections/LineConnection.cs reads on for a while before it closes.
//
// Output:
//   sent: one
//   sent: two
//   sent the end
//   received: 1 ONE
//   received: 2 TWO
//   received: that was 2 lines
//   received the end

using System.Net;
using System.Net.Sockets;

using var listener = new TcpListener(IPAddress.Loopback, port: 0);
listener.Start();
Task serving = ServeOneAsync();

using var client = new TcpClient();
await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port);
client.NoDelay = true; // a line is small, and somebody waits for it
(StreamReader reader, StreamWriter writer) = LinesOf(client);

foreach (string line in new[] { "one", "two" })
{
    await writer.WriteLineAsync(line);
    Console.WriteLine($"sent: {line}");
}

client.Client.Shutdown(SocketShutdown.Send);
Console.WriteLine("sent the end");

while (await reader.ReadLineAsync() is { } answer)
{
    Console.WriteLine($"received: {answer}");
}

Console.WriteLine("received the end");
await serving;

async Task ServeOneAsync()
{
    using TcpClient connection = await listener.AcceptTcpClientAsync();
    (StreamReader reader, StreamWriter writer) = LinesOf(connection);
    int count = 0;
    while (await reader.ReadLineAsync() is { } line)
    {
        await writer.WriteLineAsync($"{++count} {line.ToUpperInvariant()}");
    }

    // Nothing more can come: this is the one moment to say how many there were.
    await writer.WriteLineAsync($"that was {count} lines");
}

static (StreamReader Reader, StreamWriter Writer) LinesOf(TcpClient connection)
{
    NetworkStream stream = connection.GetStream();
    return (new StreamReader(stream), new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" });
}
