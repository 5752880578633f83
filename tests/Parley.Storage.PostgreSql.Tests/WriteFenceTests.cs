using System.Text;
using Npgsql;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.PostgreSql.Writing;
using Parley.TestKit;

namespace Parley.Storage.PostgreSql.Tests;

/// <summary>Under a term that is over nothing is written, whatever the writer was doing when the next one began.</summary>
public sealed class WriteFenceTests(PostgreSqlServer server)
{
    private const string WaitingShared = "mode = 'ShareLock' AND NOT granted";
    private const string WaitingAlone = "mode = 'ExclusiveLock' AND NOT granted";

    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("read committed")]
    [InlineData("serializable")]
    public async Task A_batch_that_waits_while_the_next_term_begins_is_refused(string isolation)
    {
        var address = server.NewDatabase();
        server.Execute("postgres", $"ALTER DATABASE {address.Database} SET default_transaction_isolation = '{isolation}'");
        await using var home = await OpenAsync(address);
        await using var other = await ConnectAsync(address);
        await using var claim = await other.BeginTransactionAsync(Token);
        await WriteFence.RaiseAsync(other, Patience, Token);

        var batch = Task.Run(() => home.Append([Said(1, "late")]), Token);
        await server.WhenLockedAsync(address, WaitingShared);
        await claim.CommitAsync(Token);

        var error = await Assert.ThrowsAsync<StaleTermException>(() => batch.WithinSafetyAsync());
        Assert.Equal((1, 2), (error.Term, error.Current));
        Assert.Throws<StaleTermException>(() => home.Append([Said(1, "later")]));
        Assert.Empty(await home.ReadAsync(new(Room), Token));
        await using var next = PostgreSqlHistoryStore.Open(address, new WriteFence(2));
        next.Append([Said(1, "new")]);
    }

    [Fact]
    public async Task The_next_term_begins_behind_a_batch_that_has_passed()
    {
        var address = server.NewDatabase();
        await using var home = await OpenAsync(address);
        home.Append([Said(1, "first")]);
        await using var table = await ConnectAsync(address);
        await using var hold = await table.BeginTransactionAsync(Token);
        await ExecuteAsync(table, "LOCK TABLE parley.message IN SHARE MODE");
        var batch = Task.Run(() => home.Append([Said(2, "second")]), Token);
        await server.WhenLockedAsync(address, "locktype = 'relation' AND NOT granted");

        var raise = RaiseAsync(address, Patience);
        await server.WhenLockedAsync(address, WaitingAlone);
        await hold.RollbackAsync(Token);

        await batch.WithinSafetyAsync();
        Assert.Equal(2, await raise.WithinSafetyAsync());
        Assert.Equal(2, await home.LastNumberAsync(Room, Token));
        Assert.Throws<StaleTermException>(() => home.Append([Said(3, "third")]));
    }

    [Fact]
    public async Task Whoever_stands_still_in_the_middle_of_a_batch_holds_up_no_term()
    {
        var address = server.NewDatabase();
        await using var home = await OpenAsync(address);
        await using var frozen = await ConnectAsync(address);
        await using var batch = WriteFence.Begin(frozen, new WriteFence(1));
        await ExecuteAsync(frozen, "UPDATE parley.progress SET last_time = 5");

        Assert.Equal(2, await RaiseAsync(address, TimeSpan.FromMilliseconds(1)).WithinSafetyAsync());

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => batch.CommitAsync(Token));
        Assert.Null(await home.LastTimeAsync(Room, Token));
        Assert.Equal(0L, server.Ask(address.Database, "SELECT last_time FROM parley.progress"));
    }

    [Fact]
    public async Task Nothing_is_tidied_under_a_term_that_is_over()
    {
        var address = server.NewDatabase();
        await using var home = await OpenAsync(address);
        home.Append([Said(1, "first")]);
        await RaiseAsync(address, Patience);

        Assert.Throws<StaleTermException>(() => home.Tidy(new Retention(TimeSpan.FromDays(1), 0), Start.AddYears(1)));

        Assert.Single(await home.ReadAsync(new(Room), Token));
    }

    [Fact]
    public async Task Nodes_share_a_database_and_a_server_without_a_cluster_does_not()
    {
        var address = server.NewDatabase();
        await using (PostgreSqlHistoryStore.Open(address, WriteFence.ReadOnly))
        await using (PostgreSqlHistoryStore.Open(address, WriteFence.ReadOnly))
        {
            Assert.Throws<HistoryException>(() => PostgreSqlHistoryStore.Open(address));
        }

        await using var alone = PostgreSqlHistoryStore.Open(address);
        Assert.Throws<HistoryException>(() => PostgreSqlHistoryStore.Open(address, WriteFence.ReadOnly));
    }

    [Fact]
    public async Task A_node_that_only_reads_writes_nothing()
    {
        await using var reader = PostgreSqlHistoryStore.Open(server.NewDatabase(), WriteFence.ReadOnly);

        Assert.Throws<StaleTermException>(() => reader.Append([Said(1, "no")]));
    }

    private async Task<PostgreSqlHistoryStore> OpenAsync(DatabaseAddress address)
    {
        await using (PostgreSqlHistoryStore.Open(address, WriteFence.ReadOnly))
        {
            await RaiseAsync(address, Patience);
        }

        return PostgreSqlHistoryStore.Open(address, new WriteFence(1));
    }

    private static async Task<long> RaiseAsync(DatabaseAddress address, TimeSpan patience)
    {
        await using var connection = await ConnectAsync(address);
        await using var claim = await connection.BeginTransactionAsync(Token);
        var term = await WriteFence.RaiseAsync(connection, patience, Token);
        await claim.CommitAsync(Token);
        return term;
    }

    private static async Task<NpgsqlConnection> ConnectAsync(DatabaseAddress address)
    {
        var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static RoomName Room { get; } = RoomName.TryParse("main", out var room) ? room : throw new InvalidOperationException();

    private static HistoryEntry Said(long number, string text)
    {
        Assert.True(UserName.TryParse("Ann", out var author));
        return new HistoryEntry(Room, number, Start.AddSeconds(number), author, default, MessageKind.Text, Encoding.UTF8.GetBytes(text));
    }
}
