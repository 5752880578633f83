using System.Globalization;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>A <c>parley serve</c> of the test's own, on free ports. It MUST end with exit code 0 when told to stop.</summary>
internal sealed class ParleyServer : IAsyncDisposable
{
    private static readonly string[] OnFreePorts = ["--lines", "127.0.0.1:0", "--addressed", "127.0.0.1:0"];

    private readonly ChildProcess _process;
    private readonly Dictionary<string, int> _ports = [];
    private bool _isStopped;

    private ParleyServer(ChildProcess process) => _process = process;

    public int LinesPort => PortOf("lines");

    public int AddressedPort => PortOf("addressed");

    public int IrcPort => PortOf("irc");

    public int IrcsPort => PortOf("ircs");

    public int HttpPort => PortOf("http");

    public int CollectPort => PortOf("collect");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Another process may have taken its place: it is nobody's to stop.</summary>
    public void LeaveAlone() => _isStopped = true;

    public Transcript Log => _process.Errors;

    /// <summary>Starts one that keeps history somewhere, as any server does, and shows none of it unasked.</summary>
    public static Task<ParleyServer> StartAsync(params string[] settings) =>
        WhenReadyAsync(ParleyBinary.Run(["serve", .. OnFreePorts, "--history-replay", "0", .. WithoutOthers(settings)]));

    /// <summary>Starts one that keeps history in a folder of the test's.</summary>
    public static Task<ParleyServer> StartWithHistoryAsync(string folder, params string[] settings) =>
        WhenReadyAsync(ParleyBinary.Run(["serve", .. OnFreePorts, "--data", folder, .. WithoutOthers(settings)]));

    /// <summary>Starts it by way of a shell, whose limits and signals it inherits, and whose process it takes over.</summary>
    public static Task<ParleyServer> StartFromShellAsync(string preparation, params string[] settings) =>
        WhenReadyAsync(ChildProcess.Start(
            "/bin/bash",
            ["-c", preparation + "; exec \"$@\"", "bash", ParleyBinary.Path, "serve", .. OnFreePorts, "--history-replay", "0", .. WithoutOthers(settings)]));

    /// <summary>A server that somebody else has started: reads its ports from its start lines.</summary>
    public static async Task<ParleyServer> WhenReadyAsync(ChildProcess process)
    {
        ParleyServer server = new(process);
        while (await process.Output.NextAsync("'ready'") is { } line)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["ready"])
            {
                return server;
            }

            if (words is [var listener, var address] && int.TryParse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture, out int port))
            {
                server._ports[listener] = port;
            }
        }

        Assert.Fail($"The server ended before it was ready.\n{process}");
        return server;
    }

    /// <summary>The port of a listener, by the name of its setting; 0 where there is none.</summary>
    public int PortOf(string listener) => _ports.GetValueOrDefault(listener);

    public void Signal(int signal) => _process.Signal(signal);

    /// <summary>Waits for the end of a server that was told to stop; the result is its exit code.</summary>
    public Task<int> ExitAsync()
    {
        _isStopped = true;
        return _process.ExitAsync();
    }

    public async Task StopAsync()
    {
        Signal(Signals.Terminate);
        int exitCode = await ExitAsync();
        Assert.True(exitCode == 0, $"Exit code {exitCode}.\n{_process}");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_isStopped)
            {
                await StopAsync();
            }
        }
        finally
        {
            await _process.DisposeAsync();
        }
    }

    private static string[] WithoutOthers(string[] settings) =>
        [.. new[] { "--irc", "--http" }.Where(listener => !settings.Contains(listener)).SelectMany(listener => new[] { listener, "off" }), .. settings];
}
