using System.Diagnostics;
using System.Globalization;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>A real terminal, that of tmux, with a shell in it: keys in, screen out.</summary>
internal sealed class TmuxPane : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private static int _count;

    private readonly TmuxControl _tmux;

    private TmuxPane(TmuxControl tmux) => _tmux = tmux;

    /// <summary>Starts a shell; without tmux the test is skipped.</summary>
    public static async Task<TmuxPane> StartAsync(int columns, int rows, params string[] environment)
    {
        string tmux = Programs.Need("tmux");
        // A server of its own: what one test does to it is nothing to the others, or to the tmux of whoever runs them.
        string socket = $"parley-test-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        string[] variables = ["PS1=$ ", "HISTFILE=", "TERM=tmux-256color", "LC_ALL=C.UTF-8", .. environment];
        // -u: the terminal is UTF-8, whatever the locale of the tests.
        string[] arguments = ["-L", socket, "-u", "-f", "/dev/null", "new-session", "-d", "-x", $"{columns}", "-y", $"{rows}"];
        await using (ChildProcess start = ChildProcess.Start(tmux, [.. arguments, "env", "-u", "NO_COLOR", .. variables, "bash", "--norc", "--noprofile"]))
        {
            int exitCode = await start.ExitAsync();
            Assert.True(exitCode == 0, $"tmux does not start\n{start}");
        }

        TmuxPane pane = new(TmuxControl.Attach(tmux, socket));
        await pane.WaitForAsync("the prompt", screen => screen.StartsWith('$'));
        return pane;
    }

    /// <summary>Types characters as they are.</summary>
    public Task TypeAsync(string text) => _tmux.AskAsync("send-keys", "-l", "--", text);

    /// <summary>Presses keys by their names in tmux, such as <c>Enter</c>, <c>C-Left</c>, <c>PPage</c>.</summary>
    public Task PressAsync(params string[] keys) => _tmux.AskAsync(["send-keys", "--", .. keys]);

    /// <summary>Types a command line of the shell.</summary>
    public async Task RunAsync(string command)
    {
        await TypeAsync(command);
        await PressAsync("Enter");
    }

    /// <summary>Pastes as a terminal does, between the marks of a paste.</summary>
    public async Task PasteAsync(string text)
    {
        await _tmux.AskAsync("set-buffer", "--", text);
        await _tmux.AskAsync("paste-buffer", "-p");
    }

    public Task ResizeAsync(int columns, int rows) => _tmux.AskAsync("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    /// <summary>The screen as text, one line per row; with <paramref name="escapes"/> with the sequences of its styles.</summary>
    public Task<string> ScreenAsync(bool escapes = false) =>
        _tmux.AskAsync(escapes ? ["capture-pane", "-p", "-e"] : ["capture-pane", "-p"]);

    /// <summary>A value that tmux knows of the pane, such as <c>cursor_x</c>.</summary>
    public async Task<string> ValueAsync(string name) =>
        (await _tmux.AskAsync("display-message", "-p", $"#{{{name}}}")).Trim();

    /// <summary>Looks at the screen whenever something is written to it, and now and then, until it shows what it should.</summary>
    public async Task<string> WaitForAsync(string what, Func<string, bool> isShown)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            Task changed = _tmux.WhenChanged();
            string screen = await ScreenAsync();
            if (isShown(screen))
            {
                return screen;
            }

            // And once a second: a change that tmux has told nobody of would be waited for in vain.
            await Task.WhenAny(changed, Task.Delay(LookAgain, TimeProvider.System));
            if (Stopwatch.GetElapsedTime(start) > Safety.Timeout)
            {
                Assert.Fail($"Waited {Safety.Timeout.TotalSeconds} s for the screen to show {what}.\n{screen}");
            }
        }
    }

    public Task<string> WaitForAsync(string text) => WaitForAsync($"'{text}'", screen => screen.Contains(text, StringComparison.Ordinal));

    /// <summary>Starts <c>parley chat</c>, of the program under test or of another, and waits until it has joined.</summary>
    public async Task ChatAsync(int port, string options = "", string? program = null)
    {
        await RunAsync(string.Create(CultureInfo.InvariantCulture, $"clear; '{program ?? ParleyBinary.Path}' chat 127.0.0.1:{port} {options}"));
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

    public ValueTask DisposeAsync() => _tmux.DisposeAsync();
}
