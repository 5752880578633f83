using System.Net;
using System.Net.Sockets;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.FullScreen;

/// <summary>A server that was killed comes back, and so does the client.</summary>
public sealed class ReturningTests
{
    [Fact]
    public async Task After_the_server_was_killed_and_started_again_name_and_room_are_restored()
    {
        await using ChildProcess first = ParleyBinary.Run("serve", "--lines", "127.0.0.1:0", "--addressed", "off", "--irc", "off", "--http", "off");
        ParleyServer killed = await ParleyServer.WhenReadyAsync(first);
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
        await pane.ChatAsync(killed.LinesPort, "--login Ana");
        await pane.WaitForAsync("is now Ana");
        await pane.TypeAsync("/join rust");
        await pane.PressAsync("Enter");
        await pane.WaitForAsync(" 2 rust ");

        first.Signal(Signals.Kill);
        await first.ExitAsync();
        await pane.WaitForAsync("no connection, again in");
        await pane.TypeAsync("still here?");
        await pane.PressAsync("Enter");
        await pane.WaitForAsync("│still here?");

        await using ParleyServer server = await ParleyServer.WhenReadyAsync(ParleyBinary.Run(
            "serve", "--lines", $"127.0.0.1:{killed.LinesPort}", "--addressed", "off", "--irc", "off", "--http", "off"));
        await pane.WaitForAsync("Connected again");
        await pane.WaitForAsync("the room again", screen => screen.Split("You joined rust").Length == 3);
        using Chatter bob = await Chatter.JoinAsync(server.LinesPort, "Bob");
        await bob.SayAsync("/join rust");
        await bob.Heard.SkipToAsync("You joined rust");
        await pane.WaitForAsync("Bob joined");

        await pane.PressAsync("Enter");
        await bob.Heard.ExpectAsync("Ana: still here?");
        await pane.WaitForAsync("Members (2)");
    }

    [Fact]
    public async Task Any_server_of_the_lines_protocol_will_do()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
        Task chatting = pane.ChatAsync(port);

        // The least there is: a server that knows names, rooms and messages, and nothing that the client asks on its own.
        using TcpClient client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("You are CalmOtter\r\nYou joined main");
        await chatting;
        await pane.TypeAsync("hello");
        await pane.PressAsync("Enter");
        string? line;
        while ((line = await reader.ReadLineAsync(TestContext.Current.CancellationToken)) != "hello")
        {
            Assert.StartsWith("/", line, StringComparison.Ordinal);
        }

        await writer.WriteLineAsync("CalmOtter: hello");
        await pane.WaitForAsync("CalmOtter: hello");
        await pane.PressAsync("Escape");
        while (line is not (null or "/quit"))
        {
            line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("/quit", line);
    }
}
