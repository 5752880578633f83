namespace Parley.Cli.Terminal;

/// <summary>A line at the bottom of a terminal that says how far the work is; without a terminal, nothing.</summary>
internal sealed class ProgressLine : IDisposable
{
    // The eye does not follow more, and a terminal over a slow line need not.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter? _terminal;
    private readonly TimeProvider _time;
    private long _shownAt;
    private bool _isShown;

    /// <summary>Shows on <paramref name="terminal"/>; null: there is none.</summary>
    public ProgressLine(TextWriter? terminal, TimeProvider? time = null)
    {
        _terminal = terminal;
        _time = time ?? TimeProvider.System;
        _shownAt = _time.GetTimestamp();
    }

    /// <summary>On standard error, if that is a terminal.</summary>
    public static ProgressLine OnStandardError() => new(
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb" ? null : Console.Error);

    /// <summary>Shows what it is told, unless it showed something a moment ago.</summary>
    public void Show(Func<string> text)
    {
        if (_terminal is null || _time.GetElapsedTime(_shownAt) < Pause)
        {
            return;
        }

        _terminal.Write($"\r\e[K{text()}");
        _shownAt = _time.GetTimestamp();
        _isShown = true;
    }

    /// <summary>Makes room for something else.</summary>
    public void Clear()
    {
        if (_isShown)
        {
            _terminal!.Write("\r\e[K");
            _isShown = false;
        }
    }

    public void Dispose() => Clear();
}
