using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Parley.ClusterCheck.Machine;

/// <summary>A process of a node or of the database, which is frozen, killed and started again; all that it says goes into a file.</summary>
internal sealed class LongProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Task _reading;

    private LongProcess(Process process, string log)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, log, isKept: true), ReadAsync(process.StandardError, log, isKept: false));
    }

    /// <summary>Number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>True if it runs, or stands still.</summary>
    public bool Lives => !_process.HasExited;

    /// <summary>What it has said on standard output.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Starts one.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="log">File to which is added what it says.</param>
    /// <param name="environment">Variables that it is given besides.</param>
    public static LongProcess Start(IReadOnlyList<string> command, string log, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("PARLEY", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        Leftovers.Note(process.Id);
        return new LongProcess(process, log);
    }

    /// <summary>Sends a signal to it, and to those that it has started.</summary>
    public void SignalAll(UnixSignal signal)
    {
        foreach (var id in Family())
        {
            _ = Kill(id, (int)signal);
        }
    }

    /// <summary>Sends a signal to it alone.</summary>
    public void Signal(UnixSignal signal)
    {
        if (Lives)
        {
            _ = Kill(Id, (int)signal);
        }
    }

    /// <summary>Kills it, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (Lives)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it is gone, or for so long; true if it is.</summary>
    public async Task<bool> WaitAsync(TimeSpan limit)
    {
        using var end = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(end.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _reading;
        _process.Dispose();
    }

    /// <summary>The process, and those that it has started; they are looked for when it has been dealt with, so that it starts no more.</summary>
    private IEnumerable<int> Family()
    {
        if (Lives)
        {
            yield return Id;
            foreach (var child in Directory.EnumerateDirectories("/proc").Select(ChildOf).OfType<int>())
            {
                yield return child;
            }
        }
    }

    /// <summary>Number of a process in /proc, if this one has started it.</summary>
    private int? ChildOf(string folder)
    {
        try
        {
            // pid (name) state parent ...
            return int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ')[1] == Id.ToString(CultureInfo.InvariantCulture) ? id : null;
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private async Task ReadAsync(StreamReader reader, string log, bool isKept)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            await _writing.WaitAsync();
            await File.AppendAllLinesAsync(log, [line]);
            _writing.Release();
            lock (_gate)
            {
                if (isKept)
                {
                    _lines.Add(line);
                }
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
