using System.Diagnostics;
using Npgsql;

namespace Parley.ClusterCheck.Machine;

/// <summary>A PostgreSQL of the run alone, in a directory that goes with it. Each node has a user of its own there, by which triggers know who writes.</summary>
internal sealed class Database : IAsyncDisposable
{
    private const string Superuser = "check";
    private const string Name = "parley";
    private const int Port = 5432;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly INetwork _network;
    private readonly string _programs;
    private readonly string _folder;
    private readonly string _log;
    private LongProcess? _process;

    private Database(INetwork network, string programs, string folder, string log) => (_network, _programs, _folder, _log) = (network, programs, folder, log);

    private static IReadOnlyList<string> AsOrdinaryUser
        => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    /// <summary>The directory of its programs; null where it is not installed.</summary>
    public static string? FindPrograms()
        => (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
            .Select(place => Path.Combine(place, "bin")).Where(place => File.Exists(Path.Combine(place, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault();

    /// <summary>Makes one, and starts it.</summary>
    public static async Task<Database> StartAsync(INetwork network, string programs, string log, IEnumerable<string> nodes)
    {
        var folder = (await ShortCommand.RunAsync([.. AsOrdinaryUser, "mktemp", "-d", "/tmp/parley-check-XXXXXX"])).Trim();
        Leftovers.Note(folder);
        var database = new Database(network, programs, folder, log);
        try
        {
            await ShortCommand.RunAsync(
                [.. AsOrdinaryUser, Path.Combine(programs, "initdb"), "-D", database.Data, "-U", Superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]);
            await File.AppendAllTextAsync(Path.Combine(database.Data, "pg_hba.conf"), "host all all 198.18.0.0/15 trust\n");
            await database.StartAsync();
            await database.ExecuteAsync("postgres", $"CREATE DATABASE {Name}");
            foreach (var node in nodes)
            {
                await database.ExecuteAsync("postgres", $"CREATE ROLE {node} SUPERUSER LOGIN");
            }

            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Address for a node.</summary>
    public string AddressFor(string node) => _network.WhyNoCuts is null
        ? $"postgres://{node}@{_network.AddressOf(INetwork.Database)}:{Port}/{Name}"
        : $"postgres://{node}@localhost/{Name}?host={_folder}";

    /// <summary>Starts it again; returns when it answers.</summary>
    public async Task StartAsync()
    {
        var machine = await _network.OnAsync(INetwork.Database);
        var listen = _network.WhyNoCuts is null ? _network.AddressOf(INetwork.Database).ToString() : "";
        if (_process is { } last)
        {
            await last.DisposeAsync();
        }

        // What is kept has to outlive the processes, not the machine.
        _process = LongProcess.Start(
            [
                .. machine, .. AsOrdinaryUser, Path.Combine(_programs, "postgres"), "-D", Data, "-k", _folder, "-c", $"listen_addresses={listen}", "-c", "fsync=off",
                "-c", "max_connections=300",
            ],
            _log,
            new Dictionary<string, string>(StringComparer.Ordinal));
        await WaitAsync();
    }

    /// <summary>Ends it, and returns when it is gone.</summary>
    public async Task StopAsync(UnixSignal signal)
    {
        _process!.Signal(signal);
        if (!await _process.WaitAsync(Patience))
        {
            throw new InvalidOperationException($"PostgreSQL does not stop, see {_log}");
        }
    }

    /// <summary>Has it stand still, with all that it has started.</summary>
    public void Freeze() => _process!.SignalAll(UnixSignal.Stop);

    /// <summary>Has it go on.</summary>
    public void Thaw() => _process!.SignalAll(UnixSignal.Continue);

    /// <summary>Ends all connections of nodes.</summary>
    public Task CutConnectionsAsync()
        => ExecuteAsync(Name, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}' AND usename <> '{Superuser}'");

    /// <summary>Runs SQL.</summary>
    public Task ExecuteAsync(string sql) => ExecuteAsync(Name, sql);

    /// <summary>Reads rows.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = await OpenAsync(Name);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<T>();
        while (await rows.ReadAsync())
        {
            all.Add(read(rows));
        }

        return all;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.SignalAll(UnixSignal.Continue);
            process.Signal(UnixSignal.Quit);
            await process.WaitAsync(Patience);
            await process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private async Task WaitAsync()
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await ExecuteAsync("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException e)
            {
                if (Stopwatch.GetElapsedTime(start) > Patience || !_process!.Lives)
                {
                    throw new InvalidOperationException($"PostgreSQL does not start, see {_log}", e);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection($"Host={_folder};Username={Superuser};Database={database};Pooling=false");
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
