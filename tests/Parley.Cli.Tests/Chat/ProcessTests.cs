namespace Parley.Cli.Tests.Chat;

public sealed class ProcessTests
{
    [Fact(Timeout = 60_000)]
    public async Task In_a_pipe_it_sends_its_input_and_shows_the_answers()
    {
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("chat", "--plain", server.Address);
        await parley.Input.WriteAsync("grüße 🎉\n");
        parley.Input.Close();
        await server.AcceptAsync();
        Assert.Equal("grüße 🎉\n", await server.HearToEndAsync());
        await server.SayAsync("You are Fox\nFox: grüße 🎉\n");
        server.Close();

        Assert.Equal("You are Fox\nFox: grüße 🎉\n", await parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal((0, ""), await parley.ExitAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("done", "Fox: done\nBob joined\n* Bob waves\nBob left\n", "")]
    [InlineData("/users", "Users - Bob, Fox\n", "Users - Bob, Fox\n")]
    [InlineData("/history", "History - earlier messages in main\n[10:01] Ann: old\nHistory - end\n", "History - earlier messages in main\n[10:01] Ann: old\nHistory - end\n")]
    [InlineData("/join rust", "You joined rust\nHistory - earlier messages in rust\n[10:01] Ann: older\nHistory - end\n", "You joined rust\n")]
    [InlineData("/help", "Server commands\n  /help - print this message\n", "Server commands\n  /help - print this message\n")]
    [InlineData("/msg Bob hi", "to Bob: hi\nfrom Bob: hello\n", "from Bob: hello\n")]
    [InlineData("done", "You may not speak in main\n", "You may not speak in main\n")]
    public async Task In_a_pipe_only_answers_are_printed(string input, string answer, string printed)
    {
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("chat", "--login", "Fox", server.Address);
        await parley.Input.WriteAsync(input + "\n");
        parley.Input.Close();
        await server.AcceptAsync();
        Assert.Equal($"/name Fox\n{input}\n", await server.HearToEndAsync());
        await server.SayAsync(
            "Server commands\n  /help - print this message\nYou are BraveOtter\nYou joined main\n"
            + "History - earlier messages in main\n[10:00] Ann: old\n[2026-01-01 10:00] * Ann waves\nHistory - end\nBraveOtter is now Fox\n");
        await server.SayAsync(answer);
        server.Close();

        Assert.Equal(printed, await parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal((0, ""), await parley.ExitAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task In_a_pipe_others_are_heard_as_long_as_the_input_is_open()
    {
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("chat", server.Address);
        await server.AcceptAsync();
        await server.SayAsync("You are Fox\nYou joined main\nBob joined\nFox: mine\nBob: hi\n");

        Assert.Equal("Bob joined", await parley.SeeAsync());
        Assert.Equal("Bob: hi", await parley.SeeAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(0, "", "You are Fox\nYou joined main\nAnn: hi\nFox is now Cron\nCron: done\n")]
    [InlineData(1, "You may not speak in main\n1 of 1 line was not said\n", "You are Fox\nYou joined main\nFox is now Cron\nYou may not speak in main\n")]
    [InlineData(1, "Cron is already taken\nThe name was Fox, not Cron\n", "You are Fox\nYou joined main\nCron is already taken\nFox: done\n")]
    [InlineData(1, "1 of 1 line was not said\n", "You are Fox\nFox is now Cron\nHistory - earlier messages in main\n[10:00] Cron: done\nHistory - end\n")]
    public async Task Quiet_prints_nothing_unless_something_could_not_be_said(int exitCode, string errors, string said)
    {
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("chat", "--quiet", "--login", "Cron", server.Address);
        await parley.Input.WriteAsync("done\n");
        parley.Input.Close();
        await server.AcceptAsync();
        await server.HearToEndAsync();
        await server.SayAsync(said);
        server.Close();

        Assert.Equal("", await parley.Output.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal((exitCode, errors), await parley.ExitAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("/msg nobodyhere x", 1, "nobodyhere is not here\n1 of 1 line was not said\n", "You are Fox\nYou joined main\nnobodyhere is not here\n")]
    [InlineData("/msg Ann x", 0, "", "You are Fox\nYou joined main\nto Ann: x\n")]
    [InlineData("/me waves", 0, "", "You are Fox\nYou joined main\n* Fox waves\n")]
    [InlineData("/me waves", 1, "You may not speak in main\n1 of 1 line was not said\n", "You are Fox\nYou joined main\nYou may not speak in main\n")]
    [InlineData("/rooms", 0, "", "You are Fox\nYou joined main\nmain (1)\n")]
    public async Task Quiet_tells_of_whatever_was_to_be_said_and_was_not(string line, int exitCode, string errors, string said)
    {
        using var server = new ScriptedServer();
        using ParleyProcess parley = ParleyProcess.Start("chat", "--quiet", server.Address);
        await parley.Input.WriteAsync(line + "\n");
        parley.Input.Close();
        await server.AcceptAsync();
        await server.HearToEndAsync();
        await server.SayAsync(said);
        server.Close();

        Assert.Equal((exitCode, errors), await parley.ExitAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true, "Wrong password\nNot logged in as Cron: nothing was said\n")]
    [InlineData(false, "Not logged in as Cron: nothing was said\n")]
    public async Task A_log_in_that_fails_in_a_pipe_says_nothing_and_exits_with_1(bool isQuiet, string errors)
    {
        using var server = new ScriptedServer();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "wrong\n", TestContext.Current.CancellationToken);
        try
        {
            using ParleyProcess parley = ParleyProcess.Start(
                ["chat", .. isQuiet ? ["--quiet"] : Array.Empty<string>(), "--login", "Cron", "--password-file", file, server.Address]);
            await parley.Input.WriteAsync("done\n");
            parley.Input.Close();
            await server.AcceptAsync();
            await server.SayAsync("You are Fox\nYou joined main\n");
            Assert.Equal("/login Cron", await server.HearAsync());
            await server.SayAsync("Send the password of Cron as your next line\n");
            Assert.Equal("wrong", await server.HearAsync());
            await server.SayAsync("Wrong password\n");
            Assert.Equal("", await server.HearToEndAsync());
            server.Close();

            Assert.Equal((1, errors), await parley.ExitAsync());
        }
        finally
        {
            File.Delete(file);
        }
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
        using ParleyProcess parley = ParleyProcess.Start("chat", "--plain", server.Address);
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
        using ParleyProcess parley = ParleyProcess.Start("chat", "--plain", server.Address);
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
        using ParleyProcess parley = ParleyProcess.Start("chat", "--plain", server.Address);
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
