using System.Diagnostics;
using System.Text;
using Parley.Cli.Verbs;

namespace Parley.Cli.Tests.Chat;

/// <summary>The built executable as a process of its own, its three streams in the test's hands.</summary>
internal sealed class ParleyProcess : IDisposable
{
    private readonly Process _process;

    private ParleyProcess(Process process) => _process = process;

    public StreamWriter Input => _process.StandardInput;

    public StreamReader Output => _process.StandardOutput;

    public static ParleyProcess Start(params string[] arguments) => StartIn(folder: null, new Dictionary<string, string>(), arguments);

    /// <summary>The same in a folder, null for that of the tests, and with more in its environment.</summary>
    public static ParleyProcess StartIn(string? folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
        => Start([], folder, environment, arguments);

    /// <summary>The same behind a redirection of the shell, such as <c>&gt; /dev/full</c>.</summary>
    public static ParleyProcess StartRedirected(string redirection, params string[] arguments)
        => Start(["sh", "-c", $"exec \"$@\" {redirection}", "sh"], folder: null, new Dictionary<string, string>(), arguments);

    private static ParleyProcess Start(string[] shell, string? folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var utf8 = new UTF8Encoding(false);
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

        // A shell that runs in the background has its children ignore SIGINT: env has them start afresh.
        string[] command = OperatingSystem.IsLinux() ? [.. shell, "env", "--default-signal=INT,TERM", dotnet] : [.. shell, dotnet];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
            WorkingDirectory = folder ?? "",
            // Not the tests' locale: the client speaks UTF-8 in any.
            Environment = { ["LC_ALL"] = "C" },
        };
        start.ArgumentList.Add(typeof(ChatVerb).Assembly.Location);
        foreach ((string variable, string value) in environment)
        {
            start.Environment[variable] = value;
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new ParleyProcess(Process.Start(start)!);
    }

    public async Task<string?> SeeAsync() => await Output.ReadLineAsync(TestContext.Current.CancellationToken);

    public async Task<string?> SeeErrorAsync() => await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);

    public async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The exit code and what is left on standard error, once the process is over.</summary>
    public async Task<(int ExitCode, string Errors)> ExitAsync()
    {
        string errors = await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, errors.ReplaceLineEndings("\n"));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
