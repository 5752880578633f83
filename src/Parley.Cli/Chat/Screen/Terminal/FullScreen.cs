namespace Parley.Cli.Chat.Screen.Terminal;

/// <summary>The terminal while it belongs to the full-screen client, and the promise to give it back as it was.</summary>
/// <remarks>
/// MUST: whatever ends the process, short of SIGKILL, the terminal is as it was before. That is why the way out is kept for
/// exceptions that nobody catches and for the end of the process as well as for disposal; it is taken once.
/// </remarks>
internal sealed class FullScreen : IDisposable
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(5);

    private readonly ITerminalMode _mode;
    private readonly Stream _output;
    private readonly Lock _gate = new();
    private volatile bool _isEntered;

    /// <summary>Takes the terminal over.</summary>
    /// <exception cref="IOException">The terminal does not take it.</exception>
    public FullScreen(ITerminalMode mode, Stream output)
    {
        _mode = mode;
        _output = output;
        AppDomain.CurrentDomain.UnhandledException += OnEnd;
        AppDomain.CurrentDomain.ProcessExit += OnEnd;
        try
        {
            Enter();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    // The other screen; no wrapping by itself, which a character wider than thought would set off; pastes marked as such; the wheel reported (1000) in a form without limits (1006).
    private static ReadOnlySpan<byte> EnterSequence => "\e[?1049h\e[?7l\e[?2004h\e[?1000h\e[?1006h"u8;

    // The same backwards. Before it, whatever a frame that was cut off may have left: a synchronized update, a link, a style.
    private static ReadOnlySpan<byte> LeaveSequence =>
        "\e[?2026l\e]8;;\e\\\e[m\e[?1006l\e[?1000l\e[?2004l\e[?7h\e[?25h\e[?1049l"u8;

    /// <summary>Shows one frame's bytes, unless the terminal was given back meanwhile: a crash elsewhere does that.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (!_isEntered)
        {
            return;
        }

        await _output.WriteAsync(bytes).ConfigureAwait(false);
        await _output.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Gives the terminal back and stops the process, if there is a shell that can continue it; once it is continued, <see cref="Continue"/> is to be called.</summary>
    public void Suspend()
    {
        if (!_mode.CanSuspend)
        {
            return;
        }

        Leave();
        _mode.Suspend();
    }

    /// <summary>Takes the terminal over again, whoever stopped the process and whatever the shell did to the terminal since.</summary>
    public void Continue() => Enter();

    /// <summary>Gives the terminal back.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnEnd;
        AppDomain.CurrentDomain.ProcessExit -= OnEnd;
        Leave();
    }

    private void OnEnd(object? sender, EventArgs e)
    {
        var leaving = new Thread(Leave) { IsBackground = true, Name = "leaving the screen" };
        leaving.Start();
        // A terminal that takes nothing any more must not keep the process; its mode can be put back all the same.
        if (!leaving.Join(LeaveTimeout))
        {
            _mode.Leave();
        }
    }

    private void Enter()
    {
        lock (_gate)
        {
            _mode.Enter();
            _isEntered = true;
            _output.Write(EnterSequence);
            _output.Flush();
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (!_isEntered)
            {
                return;
            }

            _isEntered = false;
            try
            {
                _output.Write(LeaveSequence);
                _output.Flush();
            }
            catch (IOException)
            {
                // The terminal is gone, and with it what there was to put back.
            }

            // Behind the sequence: while that is on its way, a key pressed in a hurry is not echoed into it.
            _mode.Leave();
        }
    }
}
