using System.Globalization;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>A real terminal, that of tmux, with a shell in it: keys in, screen out.</summary>
internal sealed class TmuxPane : IAsyncDisposable
{
    private static int _count;

    private readonly string _tmux;
    private readonly string _socket;
    private bool _hasServer;

    private TmuxPane(string tmux)
    {
        _tmux = tmux;
        // A server of its own: what one test does to it is nothing to the others, or to the tmux of whoever runs them.
        _socket = $"parley-test-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
    }

    /// <summary>Starts a shell; without tmux the test is skipped.</summary>
    public static async Task<TmuxPane> StartAsync(int columns, int rows, params string[] environment)
    {
        TmuxPane pane = new(Programs.Need("tmux"));
        string[] variables = ["PS1=$ ", "HISTFILE=", "TERM=tmux-256color", "LC_ALL=C.UTF-8", .. environment];
        // -u: the terminal is UTF-8, whatever the locale of the tests.
        await pane.TmuxAsync(
            ["-u", "-f", "/dev/null", "new-session", "-d", "-x", $"{columns}", "-y", $"{rows}", "env", "-u", "NO_COLOR", .. variables, "bash", "--norc", "--noprofile"]);
        pane._hasServer = true;
        await pane.WaitForAsync("the prompt", screen => screen.StartsWith('$'));
        return pane;
    }

    /// <summary>Types characters as they are.</summary>
    public Task TypeAsync(string text) => TmuxAsync(["send-keys", "-l", "--", text]);

    /// <summary>Presses keys by their names in tmux, such as <c>Enter</c>, <c>C-Left</c>, <c>PPage</c>.</summary>
    public Task PressAsync(params string[] keys) => TmuxAsync(["send-keys", "--", .. keys]);

    /// <summary>Types a command line of the shell.</summary>
    public async Task RunAsync(string command)
    {
        await TypeAsync(command);
        await PressAsync("Enter");
    }

    /// <summary>Pastes as a terminal does, between the marks of a paste.</summary>
    public async Task PasteAsync(string text)
    {
        await TmuxAsync(["set-buffer", "--", text]);
        await TmuxAsync(["paste-buffer", "-p"]);
    }

    public Task ResizeAsync(int columns, int rows) => TmuxAsync(["resize-window", "-x", $"{columns}", "-y", $"{rows}"]);

    /// <summary>The screen as text, one line per row; with <paramref name="escapes"/> with the sequences of its styles.</summary>
    public Task<string> ScreenAsync(bool escapes = false) =>
        TmuxAsync(escapes ? ["capture-pane", "-p", "-e"] : ["capture-pane", "-p"]);

    /// <summary>A value that tmux knows of the pane, such as <c>cursor_x</c>.</summary>
    public async Task<string> ValueAsync(string name) =>
        (await TmuxAsync(["display-message", "-p", $"#{{{name}}}"])).Trim();

    /// <summary>Looks at the screen until it shows what it should.</summary>
    public Task<string> WaitForAsync(string what, Func<string, bool> isShown) =>
        Safety.UntilAsync(() => ScreenAsync(), isShown, $"the screen to show {what}");

    public Task<string> WaitForAsync(string text) => WaitForAsync($"'{text}'", screen => screen.Contains(text, StringComparison.Ordinal));

    /// <summary>Starts <c>parley chat</c> and waits until it has joined.</summary>
    public async Task ChatAsync(int port, string options = "")
    {
        await RunAsync(string.Create(CultureInfo.InvariantCulture, $"clear; '{ParleyBinary.Path}' chat 127.0.0.1:{port} {options}"));
        await WaitForAsync("the client", screen => screen.Contains('●', StringComparison.Ordinal) && screen.Contains("main", StringComparison.Ordinal));
    }

    /// <summary>What <c>stty -a</c> says of the terminal, asked from outside.</summary>
    public async Task<string> ModeAsync()
    {
        string terminal = await ValueAsync("pane_tty");
        await using ChildProcess stty = ChildProcess.Start("/bin/bash", ["-c", $"stty -a < '{terminal}'"]);
        Assert.Equal(0, await stty.ExitAsync());
        await stty.Output.SkipToAsync("the flags", line => line.Contains("echo", StringComparison.Ordinal));
        return string.Join('\n', stty.Output.All);
    }

    public async ValueTask DisposeAsync()
    {
        if (_hasServer)
        {
            await TmuxAsync(["kill-server"]);
        }
    }

    private async Task<string> TmuxAsync(string[] arguments)
    {
        await using ChildProcess tmux = ChildProcess.Start(_tmux, ["-L", _socket, .. arguments]);
        int exitCode = await tmux.ExitAsync();
        while (await tmux.Output.NextAsync("the end of tmux's answer") is not null)
        {
            // All of it is in All.
        }

        Assert.True(exitCode == 0, $"tmux {string.Join(' ', arguments)} failed\n{tmux}");
        return string.Join('\n', tmux.Output.All);
    }
}
