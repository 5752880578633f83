using System.Net;

namespace Parley.ClusterCheck.Machine;

/// <summary>A node of the cluster: a <c>parley serve</c> that is started again and again.</summary>
/// <param name="name">Its name.</param>
/// <param name="program">The program.</param>
/// <param name="network">The network that it is in.</param>
/// <param name="database">The database that it shares.</param>
/// <param name="logs">Folder of logs.</param>
internal sealed class Node(string name, string program, INetwork network, Database database, string logs) : IAsyncDisposable
{
    private LongProcess? _process;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>True if its process is there, frozen or not.</summary>
    public bool Lives => _process is { Lives: true };

    /// <summary>True if it stands still: nobody goes to it.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Where it listens; null as long as it is not ready, or is gone, or stands still.</summary>
    public IPEndPoint? Address => IsReady && !IsFrozen ? ReadAddress() : null;

    /// <summary>True if it has said that it is ready.</summary>
    public bool IsReady => Lives && _process!.Lines.Contains("ready", StringComparer.Ordinal);

    /// <summary>File with all that it says.</summary>
    public string Log => Path.Combine(logs, $"{name}.log");

    /// <summary>Starts it, and does not wait until it is ready.</summary>
    public async Task StartAsync()
    {
        if (_process is { } last)
        {
            await last.DisposeAsync();
        }

        IsFrozen = false;
        var machine = await network.OnAsync(name);
        var address = network.AddressOf(name);
        _process = LongProcess.Start(
            [
                .. machine, program, "serve", "--node", name, "--cluster-listen", $"{address}:0", "--irc", $"{address}:0", "--lines", "off", "--addressed", "off", "--ircs", "off",
                "--http", "off", "--data", "none", "--irc-refused-nicks", "1000", "--max-connections-per-address", "1000",
                "--max-new-connections-per-address", "1000000", "--command-burst", "1000", "--command-rate", "1000", "--byte-burst", "100000000", "--byte-rate", "100000000",
            ],
            Log,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PARLEY_CLUSTER"] = database.AddressFor(name) });
    }

    /// <summary>Kills it.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Asks it to stop.</summary>
    public void Stop() => _process!.Signal(UnixSignal.Terminate);

    /// <summary>Waits until it is gone, or for so long; true if it is.</summary>
    public Task<bool> WaitAsync(TimeSpan limit) => _process!.WaitAsync(limit);

    /// <summary>Has it stand still.</summary>
    public void Freeze()
    {
        IsFrozen = true;
        _process!.Signal(UnixSignal.Stop);
    }

    /// <summary>Has it go on.</summary>
    public void Thaw()
    {
        _process!.Signal(UnixSignal.Continue);
        IsFrozen = false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }
    }

    private IPEndPoint? ReadAddress()
    {
        var line = _process!.Lines.FirstOrDefault(line => line.StartsWith("irc ", StringComparison.Ordinal));
        return line is not null && IPEndPoint.TryParse(line[4..].Trim(), out var address) ? address : null;
    }
}
