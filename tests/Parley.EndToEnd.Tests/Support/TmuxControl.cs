using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>A tmux server's control mode: commands in, answers out, and a word whenever something was written to the screen.</summary>
/// <remarks>See "CONTROL MODE" in the <see href="https://man.openbsd.org/tmux.1">manual of tmux</see>.</remarks>
internal sealed class TmuxControl : IAsyncDisposable
{
    /// <summary>Set in the third number of an answer to a command that came from here.</summary>
    private const int FromHere = 1;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Process _tmux;
    private readonly Task _reading;
    private readonly SemaphoreSlim _asking = new(1);
    private readonly Channel<(string[] Lines, bool IsError)> _answers = Channel.CreateUnbounded<(string[], bool)>();
    private readonly Lock _gate = new();
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TmuxControl(Process tmux) => (_tmux, _reading) = (tmux, ReadAsync(tmux.StandardOutput));

    /// <summary>Attaches to a server that has a session, without a say in its size.</summary>
    public static TmuxControl Attach(string tmux, string socket)
    {
        ProcessStartInfo start = new(tmux, ["-L", socket, "-u", "-C", "attach-session", "-f", "ignore-size"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
        };
        return new TmuxControl(Process.Start(start)!);
    }

    /// <summary>Completes when more is written to the screen than there was at this call, or the server is gone.</summary>
    public Task WhenChanged()
    {
        lock (_gate)
        {
            return _change.Task;
        }
    }

    /// <summary>Asks for something; the answer is its lines.</summary>
    public async Task<string> AskAsync(params string[] command)
    {
        await _asking.WaitAsync();
        try
        {
            await _tmux.StandardInput.WriteLineAsync(string.Join(' ', command.Select(Quoted)));
            await _tmux.StandardInput.FlushAsync();
            (string[] lines, bool isError) = await Safety.WaitForAsync(_answers.Reader.ReadAsync().AsTask(), "an answer of tmux", () => string.Join(' ', command));
            Assert.False(isError, $"tmux {string.Join(' ', command)} failed\n{string.Join('\n', lines)}");
            return string.Join('\n', lines);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Ends the server, and with it everything that runs in its terminals.</summary>
    public async ValueTask DisposeAsync()
    {
        await _tmux.StandardInput.WriteLineAsync("kill-server");
        await _tmux.StandardInput.FlushAsync();
        await Safety.WaitForAsync(_reading, "the end of tmux", () => "It was told to end.");
        await Safety.WaitForAsync(_tmux.WaitForExitAsync(), "the end of tmux", () => "It has said its last word.");
        _tmux.Dispose();
        _asking.Dispose();
    }

    /// <summary>An argument that tmux's own parser takes as it is, in one line.</summary>
    private static string Quoted(string argument)
    {
        StringBuilder quoted = new("\"");
        foreach (char letter in argument)
        {
            quoted.Append(letter switch
            {
                '"' or '\\' or '$' => $"\\{letter}",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => $"{letter}",
            });
        }

        return quoted.Append('"').ToString();
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("%begin ", StringComparison.Ordinal))
            {
                await ReadAnswerAsync(output, line["%begin".Length..]);
            }
            else if (line.StartsWith("%output ", StringComparison.Ordinal))
            {
                TellChange(isLast: false);
            }
        }

        _answers.Writer.Complete();
        TellChange(isLast: true);
    }

    private async Task ReadAnswerAsync(StreamReader output, string numbers)
    {
        List<string> lines = [];
        string? line = await output.ReadLineAsync();
        while (line is not null && line != "%end" + numbers && line != "%error" + numbers)
        {
            lines.Add(line);
            line = await output.ReadLineAsync();
        }

        if ((int.Parse(numbers[(numbers.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture) & FromHere) != 0)
        {
            _answers.Writer.TryWrite(([.. lines], line?.StartsWith("%error", StringComparison.Ordinal) is not false));
        }
    }

    private void TellChange(bool isLast)
    {
        lock (_gate)
        {
            _change.TrySetResult();
            if (!isLast)
            {
                _change = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
