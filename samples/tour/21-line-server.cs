#:property PublishAot=false

// A line server: a task for each client
//
// One loop accepts; for each connection it starts a task, and goes back to accepting at once. A task that waits for a line
// costs a little memory and no thread, so thousands of silent clients are no burden. The server keeps its tasks: to stop, it
// accepts no more, and waits until those who are in have finished.
//
// The trap: awaiting the conversation inside the accept loop. The server works with one client, and with two in a row, and
// stands still when the first one thinks before it writes. Below Ana says nothing until Ben has come and gone.
//
// In Parley: AcceptAsync in src/Parley.Server/Hosting/LineListeners.cs, HandleAsync in src/Parley.Server/Connections/OpenConnections.cs; what happens in one connection is in
// src/Parley.Server/Connections/LineConnection.cs.
//
// Output:
//   ana is in, and silent
//   ben: hello ben
//   ben is gone
//   ana: hello ana
//   ana is gone
//   the server has stopped after 2 conversations

using System.Net;
using System.Net.Sockets;

var listener = new TcpListener(IPAddress.Loopback, port: 0);
listener.Start();
Task<int> serving = ServeAsync();

using (TcpClient ana = await ConnectAsync())
{
    Console.WriteLine("ana is in, and silent");
    using (TcpClient ben = await ConnectAsync())
    {
        await GreetAsync(ben, "ben");
    }

    Console.WriteLine("ben is gone");
    await GreetAsync(ana, "ana");
}

Console.WriteLine("ana is gone");
listener.Stop();
Console.WriteLine($"the server has stopped after {await serving} conversations");

async Task<int> ServeAsync()
{
    List<Task> conversations = [];
    try
    {
        while (true)
        {
            TcpClient connection = await listener.AcceptTcpClientAsync();
            conversations.Add(ConverseAsync(connection)); // not awaited here: that is the point
        }
    }
    catch (Exception e) when (e is SocketException or InvalidOperationException)
    {
        // The listener was stopped: while this waited, or before it asked again.
    }

    await Task.WhenAll(conversations);
    return conversations.Count;
}

static async Task ConverseAsync(TcpClient connection)
{
    using (connection)
    {
        using var reader = new StreamReader(connection.GetStream());
        await using var writer = new StreamWriter(connection.GetStream()) { AutoFlush = true, NewLine = "\n" };
        while (await reader.ReadLineAsync() is { } name)
        {
            await writer.WriteLineAsync($"hello {name}");
        }
    }
}

async Task<TcpClient> ConnectAsync()
{
    var client = new TcpClient();
    await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
    return client;
}

static async Task GreetAsync(TcpClient client, string name)
{
    await client.GetStream().WriteAsync(System.Text.Encoding.UTF8.GetBytes(name + "\n"));
    using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
    Console.WriteLine($"{name}: {await reader.ReadLineAsync()}");
}
