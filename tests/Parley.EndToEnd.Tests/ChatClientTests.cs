using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary><c>parley chat</c> against the real server.</summary>
public sealed class ChatClientTests
{
    [Fact]
    public async Task A_line_from_a_pipe_is_said_and_nothing_printed()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter other = await Chatter.JoinAsync(server.LinesPort);
        await using ChildProcess chat = ChildProcess.Start(
            "/bin/bash", ["-c", $"echo hi | '{ParleyBinary.Path}' chat 127.0.0.1:{server.LinesPort}"]);

        Assert.Equal(0, await chat.ExitAsync());

        await chat.Output.ExpectEndAsync();
        await chat.Errors.ExpectEndAsync();
        string joined = await other.Heard.SkipToAsync("somebody", line => line.EndsWith(" joined", StringComparison.Ordinal));
        string name = joined[..^" joined".Length];
        await other.Heard.ExpectAsync($"{name}: hi", $"{name} left");
    }

    [Fact]
    public async Task Many_lines_from_a_pipe_are_all_said_and_all_echoed()
    {
        const int Lines = 5000;
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter other = await Chatter.JoinAsync(server.LinesPort);
        await using ChildProcess chat = ChildProcess.Start(
            "/bin/bash", ["-c", $"seq {Lines} | '{ParleyBinary.Path}' chat --plain 127.0.0.1:{server.LinesPort} --login Counter"]);

        Assert.Equal(0, await chat.ExitAsync());

        await chat.Output.SkipToAsync("the new name", line => line.EndsWith(" is now Counter", StringComparison.Ordinal));
        await other.Heard.SkipToAsync("the new name", line => line.EndsWith(" is now Counter", StringComparison.Ordinal));
        string[] all = [.. Enumerable.Range(1, Lines).Select(number => $"Counter: {number}")];
        await chat.Output.ExpectAsync(all);
        await chat.Output.ExpectEndAsync();
        await other.Heard.ExpectAsync([.. all, "Counter left"]);
    }

    [Fact]
    public async Task Two_addressed_clients_talk_to_each_other()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using ChildProcess alice = StartAddressed(server, "alice");
        await using ChildProcess bob = StartAddressed(server, "bob");
        await alice.SendLineAsync("alice: in");
        await alice.Output.ExpectAsync("from alice: in");
        await bob.SendLineAsync("bob: in");
        await bob.Output.ExpectAsync("from bob: in");

        await alice.SendLineAsync("bob: hello");
        await bob.Output.ExpectAsync("from alice: hello");
        await bob.SendLineAsync("alice, bob: hi!");
        await bob.Output.ExpectAsync("from bob: hi!");
        await alice.Output.ExpectAsync("from bob: hi!");
        await alice.SendLineAsync("carol: are you there?");
        await alice.Output.ExpectAsync("error: carol is not here");

        alice.EndInput();
        Assert.Equal(0, await alice.ExitAsync());
        bob.EndInput();
        Assert.Equal(0, await bob.ExitAsync());
    }

    [Fact]
    public async Task A_login_that_is_taken_ends_the_client_with_1_and_the_reason()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter alice = await Chatter.LogInAsync(server.AddressedPort, "alice");
        await using ChildProcess other = StartAddressed(server, "Alice");

        Assert.Equal(1, await other.ExitAsync());
        await other.Output.ExpectAsync("error: Alice is already taken, connect again with another name as the first line");
        await other.Errors.ExpectAsync("Server closed the connection");
    }

    [Fact]
    public async Task Quit_ends_the_client_with_0()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using ChildProcess chat = Start(server);
        await chat.Output.SkipToAsync("You joined main");

        await chat.SendLineAsync("/quit");

        Assert.Equal(0, await chat.ExitAsync());
        await chat.Output.ExpectEndAsync();
        await chat.Errors.ExpectEndAsync();
    }

    [Fact]
    public async Task A_server_that_stops_ends_the_client_with_1_and_a_message()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using ChildProcess chat = Start(server);
        await chat.Output.SkipToAsync("You joined main");
        await chat.SendLineAsync("still there?");
        await chat.Output.SkipToAsync("my echo", line => line.EndsWith(": still there?", StringComparison.Ordinal));

        await server.StopAsync();

        Assert.Equal(1, await chat.ExitAsync());
        await chat.Output.ExpectAsync("Server is shutting down");
        await chat.Output.ExpectEndAsync();
        await chat.Errors.ExpectAsync("Server closed the connection");
    }

    [Fact]
    public async Task No_server_is_told_with_what_to_do()
    {
        int port;
        await using (ParleyServer server = await ParleyServer.StartAsync())
        {
            port = server.LinesPort;
        }

        await using ChildProcess chat = ParleyBinary.Run("chat", $"127.0.0.1:{port}");

        Assert.Equal(1, await chat.ExitAsync());
        await chat.Errors.ExpectAsync($"No server listening on 127.0.0.1:{port}. Start one with: parley serve --lines 127.0.0.1:{port}");
        await chat.Errors.ExpectEndAsync();
    }

    private static ChildProcess Start(ParleyServer server) => ParleyBinary.Run("chat", "--plain", $"127.0.0.1:{server.LinesPort}");

    private static ChildProcess StartAddressed(ParleyServer server, string name) =>
        ParleyBinary.Run("chat", $"127.0.0.1:{server.AddressedPort}", "--addressed", "--login", name);
}
