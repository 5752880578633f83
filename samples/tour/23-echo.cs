#:property PublishAot=false

// Echo: what comes in goes out
//
// The smallest server that does something useful: it sends back the bytes it gets, whatever they are, until its client has
// closed its sending side. It holds one buffer. While the client does not read, the server's write waits, so it does not
// read either, and in the end the client's own write waits: backpressure, done by TCP.
//
// The trap: a client that writes everything before it reads anything. With a little data it works, as the system's buffers
// take it. With more, the client waits for the server to read, the server waits for the client to read, and that is that.
// So the client below writes and reads at the same time: two tasks on one connection, one for each direction.
//
// In Parley: src/Parley.Net/Echo/EchoServer.cs is `parley echo serve`; src/Parley.Client/ParleyConnection.cs lets a caller send
// while another reads; `IsOverHighWater` in src/Parley.Core/Delivery/Outbox.cs stops reading from a client that does not read
// its answers.
//
// Output:
//   sent 4194304 bytes
//   got back 4194304 bytes, each the one that was sent: True

using System.Net;
using System.Net.Sockets;

using var listener = new TcpListener(IPAddress.Loopback, port: 0);
listener.Start();
Task serving = EchoAsync();

byte[] sent = new byte[4 * 1024 * 1024];
new Random(Seed: 1).NextBytes(sent);

using var client = new TcpClient();
await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
Task<byte[]> receiving = ReceiveAsync(client.GetStream());
await client.GetStream().WriteAsync(sent);
client.Client.Shutdown(SocketShutdown.Send);
Console.WriteLine($"sent {sent.Length} bytes");

byte[] received = await receiving;
Console.WriteLine($"got back {received.Length} bytes, each the one that was sent: {received.SequenceEqual(sent)}");
await serving;

async Task EchoAsync()
{
    using TcpClient connection = await listener.AcceptTcpClientAsync();
    NetworkStream stream = connection.GetStream();
    await stream.CopyToAsync(stream);
}

static async Task<byte[]> ReceiveAsync(NetworkStream stream)
{
    using var received = new MemoryStream();
    await stream.CopyToAsync(received);
    return received.ToArray();
}
