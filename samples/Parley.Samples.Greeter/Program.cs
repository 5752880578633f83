// A bot that greets whoever comes into its room, and answers those who say its name. docs/client.md explains it.
//
//   dotnet run --project samples/Parley.Samples.Greeter -- 127.0.0.1 42069 main

using System.Globalization;
using Parley.Client;
using Parley.Protocol.Lines;

if (args is not [string host, string port, string room])
{
    Console.Error.WriteLine("usage: greeter HOST PORT ROOM");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

string self = "";
try
{
    await using ParleyConnection server =
        await ParleyConnection.ConnectAsync(host, int.Parse(port, CultureInfo.InvariantCulture), cancellationToken: stop.Token);
    await server.SendAsync($"/join {room}", stop.Token);
    await foreach (ServerLine line in server.ReadEventsAsync(stop.Token))
    {
        switch (line.Kind)
        {
            case ServerLineKind.YouAre:
                self = line.Name;
                break;
            case ServerLineKind.Joined:
                await server.SendAsync($"Welcome to {room}, {line.Name}!", stop.Token);
                break;
            // Its own messages come back like everybody's: a bot that answered those would never stop. What has a time was said before.
            case ServerLineKind.Message when line.Time is null && line.Name != self && line.Text.Contains(self, StringComparison.OrdinalIgnoreCase):
                await server.SendAsync($"Yes, {line.Name}? I only know how to greet.", stop.Token);
                break;
        }
    }

    Console.Error.WriteLine("The server closed the connection.");
    return 1;
}
catch (OperationCanceledException)
{
    return 0;
}
catch (Exception e) when (e is IOException or TimeoutException or System.Net.Sockets.SocketException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
