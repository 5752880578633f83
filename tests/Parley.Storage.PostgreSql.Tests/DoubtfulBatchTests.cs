using System.Globalization;
using System.Text;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.PostgreSql.Writing;
using Parley.TestKit;

namespace Parley.Storage.PostgreSql.Tests;

/// <summary>A connection that is cut while a batch is committed: the batch is kept once, and nobody is told that it is not.</summary>
public sealed class DoubtfulBatchTests(PostgreSqlServer server)
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_that_was_committed_when_its_connection_was_cut_is_kept(bool isCluster)
    {
        var address = server.NewDatabase();
        await using var store = await OpenAsync(address, isCluster);
        var batch = await AppendHeldAsync(store, address, Said(1, "one"), Said(2, "two"));

        server.HoldCommits(address, areHeld: false);
        Cut(await server.WhenCommitIsHeldAsync(address));

        await batch.WithinSafetyAsync();
        store.Append([Said(3, "three")]);
        Assert.Equal(["one", "two", "three"], await TextsAsync(store));
    }

    [Fact]
    public async Task A_batch_in_doubt_that_is_given_again_with_more_is_kept_once()
    {
        var address = server.NewDatabase();
        await using var store = await OpenAsync(address, isCluster: false);
        var batch = await AppendHeldAsync(store, address, Said(1, "one"));
        server.HoldCommits(address, areHeld: false);
        server.Execute("postgres", $"ALTER DATABASE {address.Database} ALLOW_CONNECTIONS false");
        Cut(await server.WhenCommitIsHeldAsync(address));
        await Assert.ThrowsAsync<HistoryException>(() => batch.WithinSafetyAsync());
        Assert.Throws<HistoryException>(() => store.Append([Said(1, "one")]));
        server.Execute("postgres", $"ALTER DATABASE {address.Database} ALLOW_CONNECTIONS true");

        store.Append([Said(1, "one"), Said(2, "two")]);
        store.Append([Said(3, "three")]);

        Assert.Equal(["one", "two", "three"], await TextsAsync(store));
    }

    [Fact]
    public async Task A_batch_in_doubt_that_is_not_given_again_is_kept_and_numbers_go_on_behind_it()
    {
        var address = server.NewDatabase();
        await using var store = await OpenAsync(address, isCluster: false);
        var batch = await AppendHeldAsync(store, address, Said(1, "one"));
        server.HoldCommits(address, areHeld: false);
        server.Execute("postgres", $"ALTER DATABASE {address.Database} ALLOW_CONNECTIONS false");
        Cut(await server.WhenCommitIsHeldAsync(address));
        await Assert.ThrowsAsync<HistoryException>(() => batch.WithinSafetyAsync());
        server.Execute("postgres", $"ALTER DATABASE {address.Database} ALLOW_CONNECTIONS true");

        Assert.Throws<ArgumentException>(() => store.Append([Said(1, "another")]));
        store.Append([Said(2, "two")]);

        Assert.Equal(["one", "two"], await TextsAsync(store));
    }

    [Fact]
    public async Task A_commit_that_still_waits_is_ended_before_it_is_judged()
    {
        var address = server.NewDatabase();
        await using var store = await OpenAsync(address, isCluster: false);
        await using var other = new Npgsql.NpgsqlConnection(address.ConnectionString);
        await other.OpenAsync(Token);
        await using var transaction = await other.BeginTransactionAsync(Token);
        await using var change = new Npgsql.NpgsqlCommand("UPDATE progress SET last_time = last_time RETURNING pg_current_xact_id()::text", other);
        var commit = new CommitMark((string)(await change.ExecuteScalarAsync(Token))!, 1, 1, 0);
        var doubtful = new DoubtfulBatch(commit, other.ProcessID, []);
        await using var asking = new Npgsql.NpgsqlConnection(address.ConnectionString);
        await asking.OpenAsync(Token);

        Assert.False(doubtful.IsKept(asking));

        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => transaction.CommitAsync(Token));
        Assert.False((doubtful with { Commit = commit with { Transaction = "999999999" } }).IsKept(asking));
    }

    [Fact]
    public async Task A_batch_is_not_taken_for_kept_because_another_transaction_got_its_number_when_the_database_crashed()
    {
        await using var own = new PostgreSqlServer();
        await own.InitializeAsync();
        var address = own.NewDatabase();
        await using var store = PostgreSqlHistoryStore.Open(address);
        own.Execute(
            address.Database,
            """
            CREATE FUNCTION wait_for_gate() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(42); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER gate AFTER INSERT ON message DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_for_gate()
            """);
        await using var gate = new Npgsql.NpgsqlConnection(address.ConnectionString);
        await gate.OpenAsync(Token);
        await using (var close = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(42)", gate))
        {
            await close.ExecuteNonQueryAsync(Token);
        }

        var batch = Task.Run(() => store.Append([Said(1, "one")]), Token);
        await own.WhenLockedAsync(address, "objid = 42 AND NOT granted");
        var lost = (string)own.Ask("postgres", "SELECT backend_xid::text FROM pg_stat_activity WHERE wait_event = 'advisory'")!;
        await own.CrashAsync();
        await Assert.ThrowsAsync<HistoryException>(() => batch.WithinSafetyAsync());
        await own.StartAsync();
        while (TakeNumber() < ulong.Parse(lost, CultureInfo.InvariantCulture))
        {
        }

        Assert.Equal("committed", own.Ask("postgres", $"SELECT pg_xact_status('{lost}')"));
        store.Append([Said(1, "one")]);

        Assert.Equal(["one"], await TextsAsync(store));

        ulong TakeNumber() => ulong.Parse((string)own.Ask("postgres", "SELECT pg_current_xact_id()::text")!, CultureInfo.InvariantCulture);
    }

    /// <summary>Has a batch appended over a connection of its own, whose commit stands still.</summary>
    private async Task<Task> AppendHeldAsync(PostgreSqlHistoryStore store, DatabaseAddress address, params HistoryEntry[] batch)
    {
        server.HoldCommits(address, areHeld: true);
        server.Execute("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{address.Database}'");
        Assert.Throws<HistoryException>(() => store.Append(batch));
        var appending = Task.Run(() => store.Append(batch), Token);
        await server.WhenCommitIsHeldAsync(address);
        return appending;
    }

    private async Task<PostgreSqlHistoryStore> OpenAsync(DatabaseAddress address, bool isCluster)
    {
        if (!isCluster)
        {
            return PostgreSqlHistoryStore.Open(address);
        }

        await using (PostgreSqlHistoryStore.Open(address, WriteFence.ReadOnly))
        {
        }

        server.Execute(address.Database, "UPDATE fence SET term = 1");
        return PostgreSqlHistoryStore.Open(address, new WriteFence(1));
    }

    private void Cut(int process) => Assert.Equal(true, server.Ask("postgres", $"SELECT pg_terminate_backend({process})"));

    private static async Task<string[]> TextsAsync(PostgreSqlHistoryStore store)
        => [.. (await store.ReadAsync(new(Room), Token)).Select(entry => Encoding.UTF8.GetString(entry.Text.Span))];

    private static RoomName Room { get; } = RoomName.TryParse("main", out var room) ? room : throw new InvalidOperationException();

    private static HistoryEntry Said(long number, string text)
    {
        Assert.True(UserName.TryParse("Ann", out var author));
        return new HistoryEntry(Room, number, Start.AddSeconds(number), author, default, MessageKind.Text, Encoding.UTF8.GetBytes(text));
    }
}
