namespace Parley.Cli.Tests.Chat;

public sealed class ProcessTests
{
    [Fact(Timeout = 60_000)]
    public async Task In_a_pipe_it_sends_its_input_and_shows_the_answers()
    {
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("chat", server.Address);
        await parley.Input.WriteAsync("grüße 🎉\n");
        parley.Input.Close();
        await server.AcceptAsync();
        Assert.Equal("grüße 🎉\n", await server.HearToEndAsync());
        await server.SayAsync("Fox: grüße 🎉\n");
        server.Close();

        Assert.Equal("Fox: grüße 🎉\n", await parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal((0, ""), await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_nobody_listens_it_says_how_to_start_a_server()
    {
        string address = $"127.0.0.1:{ScriptedServer.ClosedPort()}";
        using ParleyProcess parley = ParleyProcess.Start("chat", address);

        Assert.Equal(
            (1, $"No server listening on {address}. Start one with: parley serve --lines {address}\n"), await parley.ExitAsync());
        Assert.Equal("", await parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task When_the_server_closes_it_ends_though_its_input_is_open()
    {
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("chat", server.Address);
        await server.AcceptAsync();
        await server.SayAsync("You are Fox\n");
        server.Close();

        Assert.Equal("You are Fox", await parley.SeeAsync());
        Assert.Equal((1, "Server closed the connection\n"), await parley.ExitAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_it_at_once_though_it_waits_for_input(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No signals here");
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("chat", server.Address);
        await server.AcceptAsync();
        await server.SayAsync("You are Fox\n");
        Assert.Equal("You are Fox", await parley.SeeAsync());

        await parley.SignalAsync(signal);

        Assert.Equal((exitCode, ""), await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task When_the_reader_of_its_output_goes_it_ends_quietly_though_nobody_says_anything_more()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Noticed at the next write only");
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("chat", server.Address);
        await server.AcceptAsync();
        await server.SayAsync("You are Fox\n");
        Assert.Equal("You are Fox", await parley.SeeAsync());

        parley.Output.Close();

        Assert.Equal((0, ""), await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task The_addressed_protocol_starts_with_the_login()
    {
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("chat", "--addressed", "--login", "alice", server.Address);
        await server.AcceptAsync();

        Assert.Equal("alice", await server.HearAsync());
        await server.SayAsync("from bob: hi\n");
        Assert.Equal("from bob: hi", await parley.SeeAsync());
    }
}
