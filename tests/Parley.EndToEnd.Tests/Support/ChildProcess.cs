using System.Diagnostics;
using System.Text;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>A program that the test has started, and what it says.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Process _process;
    private readonly string _dataFolder;
    private readonly Task _reading;

    private ChildProcess(Process process, string dataFolder, string title)
    {
        _process = process;
        _dataFolder = dataFolder;
        Output = new Transcript($"{title} (standard output)");
        Errors = new Transcript($"{title} (standard error)");
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, Output), ReadAsync(process.StandardError, Errors));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public Transcript Output { get; }

    public Transcript Errors { get; }

    /// <summary>
    /// Starts a program with none of the caller's PARLEY_ variables, a place of its own for its data, and in an empty folder
    /// unless told otherwise.
    /// </summary>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
            WorkingDirectory = folder ?? EmptyFolder(),
        };
        foreach (string variable in start.Environment.Keys.Where(key => key.StartsWith("PARLEY_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        string dataFolder = Path.Combine(Path.GetTempPath(), $"parley-test-data-{Guid.NewGuid():N}");
        start.Environment["XDG_DATA_HOME"] = dataFolder;
        foreach ((string variable, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable] = value;
        }

        return new ChildProcess(Process.Start(start)!, dataFolder, $"{Path.GetFileName(program)} {string.Join(' ', start.ArgumentList)}");
    }

    public Task SendLineAsync(string line) => SendBytesAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public async Task SendBytesAsync(byte[] bytes)
    {
        await _process.StandardInput.BaseStream.WriteAsync(bytes);
        await _process.StandardInput.BaseStream.FlushAsync();
    }

    public void EndInput() => _process.StandardInput.Close();

    /// <summary>
    /// The server has closed the connection: the program has nothing more to say and ends. Netcat waits for the end of its
    /// input besides, and does not tell the server of it.
    /// </summary>
    public async Task ExpectClosedAsync()
    {
        EndInput();
        await Output.ExpectEndAsync();
        await ExitAsync();
    }

    public void Signal(int signal) => Signals.Send(Id, signal);

    /// <summary>Stops it as Ctrl+Z would, and returns when it has.</summary>
    public async Task FreezeAsync()
    {
        Signal(Signals.Stop);
        await Safety.UntilAsync(() => Task.FromResult(ProcessStatus.IsStopped(Id)), isStopped => isStopped, "the process to stop");
    }

    /// <summary>Waits for its end, and for all that it has said; the result is its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await Safety.WaitForAsync(_process.WaitForExitAsync(), "the end of the process", ToString);
        await Safety.WaitForAsync(_reading, "the end of what the process has said", ToString);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        if (Directory.Exists(_dataFolder))
        {
            Directory.Delete(_dataFolder, recursive: true);
        }
    }

    public override string ToString() => $"{Output}\n{Errors}";

    private static string EmptyFolder() => Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "parley-nothing-here")).FullName;

    private static async Task ReadAsync(StreamReader reader, Transcript transcript)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                transcript.Add(line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The test was faster to end than the program.
        }

        transcript.End();
    }
}
