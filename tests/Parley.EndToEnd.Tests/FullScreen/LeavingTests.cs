using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.FullScreen;

/// <summary>However the client ends, the terminal is as it was.</summary>
public sealed class LeavingTests
{
    [Theory]
    [InlineData("Escape")]
    [InlineData("C-c")]
    [InlineData("C-d")]
    public async Task A_key_quits_and_leaves_a_clean_screen(string key)
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter bob = await Chatter.JoinAsync(server.LinesPort, "Bob");
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
        string mode = await pane.ModeAsync();
        await pane.ChatAsync(server.LinesPort, "--login Ana");
        await pane.WaitForAsync("is now Ana");
        Assert.NotEqual(mode, await pane.ModeAsync());

        // In one go: what was said just before leaving is said.
        await pane.PressAsync("b", "y", "e", "Enter", key);

        await bob.Heard.SkipToAsync("Ana: bye");
        await bob.Heard.ExpectAsync("Ana left");
        await ExpectCleanAsync(pane, mode, exitCode: 0);
    }

    [Theory]
    [InlineData(Signals.Terminate, 143)]
    [InlineData(Signals.Interrupt, 130)]
    public async Task A_signal_leaves_a_clean_screen(int signal, int exitCode)
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
        string mode = await pane.ModeAsync();
        await pane.ChatAsync(server.LinesPort);

        Signals.Send(await ChatIdAsync(pane), signal);

        await ExpectCleanAsync(pane, mode, exitCode);
    }

    /// <remarks>A native program has no startup hooks: the client that was built crashes, which has the same code.</remarks>
    [Fact]
    public async Task A_crash_leaves_a_sane_terminal_and_says_what_happened()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24, $"DOTNET_STARTUP_HOOKS={typeof(StartupHook).Assembly.Location}", "DOTNET_DbgEnableMiniDump=0");
        string mode = await pane.ModeAsync();
        await pane.RunAsync("ulimit -c 0");
        await pane.ChatAsync(server.LinesPort, program: ParleyBinary.Built);

        Signals.Send(await ChatIdAsync(pane), StartupHook.CrashSignal);

        await pane.WaitForAsync("the exception", screen => screen.Contains(StartupHook.Message, StringComparison.Ordinal)
            && screen.TrimEnd().EndsWith('$'));
        await ExpectCleanAsync(pane, mode, exitCode: 134, clear: true);
    }

    [Fact]
    public async Task Suspending_gives_the_terminal_back_until_the_client_is_continued()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
        string mode = await pane.ModeAsync();
        await pane.ChatAsync(server.LinesPort);

        await pane.PressAsync("C-z");
        await pane.WaitForAsync("Stopped");
        await Safety.UntilAsync(pane.ModeAsync, now => now == mode, "the mode before");
        Assert.Equal("0", await pane.ValueAsync("alternate_on"));

        await pane.RunAsync("fg");
        await pane.WaitForAsync("─ Send message ─");
        await pane.PressAsync("Escape");
        await ExpectCleanAsync(pane, mode, exitCode: 0, clear: true);
    }

    [Fact]
    public async Task Where_there_is_no_server_the_screen_is_not_touched()
    {
        int port;
        await using (ParleyServer server = await ParleyServer.StartAsync())
        {
            port = server.LinesPort;
        }

        await using TmuxPane pane = await TmuxPane.StartAsync(120, 24);
        string mode = await pane.ModeAsync();
        await pane.RunAsync($"clear; '{ParleyBinary.Path}' chat 127.0.0.1:{port}");
        await pane.WaitForAsync($"No server listening on 127.0.0.1:{port}.");
        await ExpectCleanAsync(pane, mode, exitCode: 1, clear: true);
    }

    private static async Task ExpectCleanAsync(TmuxPane pane, string mode, int exitCode, bool clear = false)
    {
        await Safety.UntilAsync(() => pane.ValueAsync("alternate_on"), value => value == "0", "the shell's screen");
        await Safety.UntilAsync(pane.ModeAsync, now => now == mode, "the mode before");
        await pane.RunAsync((clear ? "code=$?; clear; echo " : "echo ") + (clear ? "code=$code" : "code=$?"));
        string screen = await pane.WaitForAsync($"code={exitCode}", text => text.Contains($"\ncode={exitCode}\n", StringComparison.Ordinal) || text.StartsWith($"code={exitCode}\n", StringComparison.Ordinal));
        Assert.DoesNotContain('╭', screen);
        Assert.DoesNotContain('●', screen);
        foreach (string flag in new[] { "mouse_any_flag", "mouse_sgr_flag" })
        {
            Assert.Equal("0", await pane.ValueAsync(flag));
        }

        Assert.Equal("1", await pane.ValueAsync("cursor_flag"));
        Assert.Equal("1", await pane.ValueAsync("wrap_flag"));
    }

    /// <summary>The process that the shell runs.</summary>
    private static async Task<int> ChatIdAsync(TmuxPane pane)
    {
        int shell = int.Parse(await pane.ValueAsync("pane_pid"));
        string children = await File.ReadAllTextAsync($"/proc/{shell}/task/{shell}/children", TestContext.Current.CancellationToken);
        return int.Parse(children.Trim());
    }
}
