using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Parley.Storage.PostgreSql;

namespace Parley.Storage.PostgreSql.Tests;

/// <summary>A PostgreSQL of these tests alone, in a directory that goes with it; it listens on a socket there, and on no port.</summary>
/// <remarks>
/// It refuses to run as root: then it runs as the user that Debian's package makes. Making a database is most of what a test costs, so that is done in memory
/// where there is enough, and by copying the files of one that has its tables already.
/// </remarks>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private const string Superuser = "parley";
    private const string Model = "model_of_parley";
    private const string Memory = "/dev/shm";
    private const long MinFreeMemory = 2L << 30;

    /// <summary>Number of databases that there are at a time: a test that has made one is long over when so many more are made.</summary>
    private const int MaxDatabases = 40;

    /// <summary>Pause between two questions to the server, in which it has the processor.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string? _programs = FindPrograms();
    private string _directory = "";
    private Process? _server;
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        if (_programs is null)
        {
            return;
        }

        _directory = (await RunAsync("mktemp", "-d", $"{Place()}/parley-pg-XXXXXX")).Trim();
        await RunAsync(Program("initdb"), "-D", Data, "-U", Superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
        await StartAsync();
        await MakeModelAsync();
    }

    /// <summary>Starts it, also again behind <see cref="CrashAsync"/>; returns when it answers.</summary>
    public async Task StartAsync()
    {
        _server = Start(
            Program("postgres"), "-D", Data, "-k", _directory, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200",
            "-c", "synchronous_commit=local", "-c", "synchronous_standby_names=nobody");
        var lines = new List<string>();
        using var limit = new CancellationTokenSource(Patience);
        while (await _server.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            lines.Add(line);
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                _ = _server.StandardError.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException(string.Join('\n', lines));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await CrashAsync();
            Directory.Delete(_directory, recursive: true);
        }
    }

    /// <summary>Ends it as a crash does: what waits to be written is lost. Returns when it is gone.</summary>
    public async Task CrashAsync()
    {
        await RunAsync(Program("pg_ctl"), "stop", "-D", Data, "-m", "immediate");
        await _server!.WaitForExitAsync(CancellationToken.None);
        _server.Dispose();
    }

    /// <summary>The address of a database that is not there yet; the test is skipped where there is no PostgreSQL.</summary>
    public string NewAddress()
    {
        Assert.SkipWhen(_programs is null, "PostgreSQL is not installed (Debian: apt-get install postgresql)");
        return Address($"parley{Interlocked.Increment(ref _databases)}");
    }

    /// <summary>Makes a database with the tables of this version.</summary>
    public DatabaseAddress NewDatabase()
    {
        var address = Parse(NewAddress());
        Make(address, Model);
        return address;
    }

    /// <summary>Makes an empty database.</summary>
    public DatabaseAddress NewEmptyDatabase() => Parse(NewEmptyAddress());

    /// <summary>Makes an empty database, of which programs are told the address.</summary>
    public string NewEmptyAddress()
    {
        var text = NewAddress();
        Make(Parse(text), "template0");
        return text;
    }

    /// <summary>Runs SQL in a database.</summary>
    public void Execute(string database, string sql) => Ask(database, sql);

    /// <summary>Runs SQL in a database; the result is the first value of the first row, if there is one.</summary>
    public object? Ask(string database, string sql)
    {
        using var connection = new NpgsqlConnection($"Host={_directory};Username={Superuser};Database={database};Pooling=false;Search Path=parley");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    /// <summary>Has commits in a database wait for a standby that never comes, or not any more; for connections that are made from now on.</summary>
    public void HoldCommits(DatabaseAddress address, bool areHeld)
        => Execute("postgres", $"ALTER DATABASE {address.Database} SET synchronous_commit = {(areHeld ? "on" : "local")}");

    /// <summary>Completes when a commit in a database is done but for the standby that it waits for; the result is its process.</summary>
    public async Task<int> WhenCommitIsHeldAsync(DatabaseAddress address)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            if (Ask("postgres", $"SELECT pid FROM pg_stat_activity WHERE datname = '{address.Database}' AND wait_event = 'SyncRep'") is int process)
            {
                return process;
            }

            await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Completes when so many in a database stand before, or have, a lock that meets a condition on <c>pg_locks</c>.</summary>
    public async Task WhenLockedAsync(DatabaseAddress address, string condition, int count = 1)
    {
        using var limit = new CancellationTokenSource(Patience);
        await using var connection = new NpgsqlConnection($"Host={_directory};Username={Superuser};Database={address.Database};Pooling=false");
        await connection.OpenAsync(limit.Token);
        await using var command = new NpgsqlCommand(
            $"SELECT count(DISTINCT pid) FROM pg_locks WHERE pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database()) AND {condition}", connection);
        while ((long)(await command.ExecuteScalarAsync(limit.Token))! < count)
        {
            await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Ends all connections to a database, as its restart does.</summary>
    public void CutConnections(DatabaseAddress address)
        => Execute("postgres", $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{address.Database}'");

    private static string Place()
        => Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= MinFreeMemory ? Memory : "/tmp";

    private static DatabaseAddress Parse(string text)
        => DatabaseAddress.TryParse(text, out var address) ? address : throw new FormatException("An address that is none");

    private async Task MakeModelAsync()
    {
        Execute("postgres", $"CREATE DATABASE {Model} TEMPLATE template0");
        await using var database = PostgreSqlDatabase.Open(Parse(Address(Model)));
    }

    private void Make(DatabaseAddress address, string model)
    {
        Execute("postgres", $"CREATE DATABASE {address.Database} TEMPLATE {model} STRATEGY FILE_COPY");
        var old = int.Parse(address.Database["parley".Length..], CultureInfo.InvariantCulture) - MaxDatabases;
        if (old > 0)
        {
            Execute("postgres", $"DROP DATABASE IF EXISTS parley{old} WITH (FORCE)");
        }
    }

    private string Data => Path.Combine(_directory, "data");

    private static string? FindPrograms()
    {
        string[] places = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        return places.Select(place => Path.Combine(place, "bin")).Where(place => File.Exists(Path.Combine(place, "initdb"))).Order().LastOrDefault();
    }

    private static Process Start(string program, params string[] arguments)
    {
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]
            : [program, .. arguments];
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var process = Start(program, arguments);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program}: {await errors}");
    }

    private string Program(string name) => Path.Combine(_programs!, name);

    private string Address(string database) => $"postgres://{Superuser}@localhost/{database}?host={_directory}";
}
