using System.Globalization;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>A <c>parley serve</c> of the test's own, on free ports. It MUST end with exit code 0 when told to stop.</summary>
internal sealed class ParleyServer : IAsyncDisposable
{
    private static readonly string[] OnFreePorts = ["--lines", "127.0.0.1:0", "--addressed", "127.0.0.1:0", "--irc", "off"];

    private readonly ChildProcess _process;
    private bool _isStopped;

    private ParleyServer(ChildProcess process) => _process = process;

    public int LinesPort { get; private set; }

    public int AddressedPort { get; private set; }

    public int IrcPort { get; private set; }

    public int IrcsPort { get; private set; }

    public int HttpPort { get; private set; }

    public int CollectPort { get; private set; }

    public int Id => _process.Id;

    public Transcript Log => _process.Errors;

    /// <summary>Starts one that keeps history somewhere, as any server does, and shows none of it unasked.</summary>
    public static Task<ParleyServer> StartAsync(params string[] settings) =>
        WhenReadyAsync(ParleyBinary.Run(["serve", .. OnFreePorts, "--history-replay", "0", .. WithoutHttp(settings)]));

    /// <summary>Starts one that keeps history in a folder of the test's.</summary>
    public static Task<ParleyServer> StartWithHistoryAsync(string folder, params string[] settings) =>
        WhenReadyAsync(ParleyBinary.Run(["serve", .. OnFreePorts, "--data", folder, .. WithoutHttp(settings)]));

    /// <summary>Starts it by way of a shell, whose limits and signals it inherits, and whose process it takes over.</summary>
    public static Task<ParleyServer> StartFromShellAsync(string preparation, params string[] settings) =>
        WhenReadyAsync(ChildProcess.Start(
            "/bin/bash",
            ["-c", preparation + "; exec \"$@\"", "bash", ParleyBinary.Path, "serve", .. OnFreePorts, "--history-replay", "0", .. WithoutHttp(settings)]));

    /// <summary>A server that somebody else has started: reads its ports from its start lines.</summary>
    public static async Task<ParleyServer> WhenReadyAsync(ChildProcess process)
    {
        ParleyServer server = new(process);
        while (await process.Output.NextAsync("'ready'") is { } line)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["lines", var address]:
                    server.LinesPort = PortOf(address);
                    break;
                case ["addressed", var address]:
                    server.AddressedPort = PortOf(address);
                    break;
                case ["irc", var address]:
                    server.IrcPort = PortOf(address);
                    break;
                case ["ircs", var address]:
                    server.IrcsPort = PortOf(address);
                    break;
                case ["http", var address]:
                    server.HttpPort = PortOf(address);
                    break;
                case ["collect", var address]:
                    server.CollectPort = PortOf(address);
                    break;
                case ["ready"]:
                    return server;
            }
        }

        Assert.Fail($"The server ended before it was ready.\n{process}");
        return server;
    }

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

    private static string[] WithoutHttp(string[] settings) => settings.Contains("--http") ? settings : ["--http", "off", .. settings];

    private static int PortOf(string address) => int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
}
