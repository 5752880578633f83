using Npgsql;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Tests;

/// <summary>Databases that cannot be used, two servers at one, and connections that are cut.</summary>
public sealed class PostgreSqlFailureTests(PostgreSqlServer server)
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_database_that_is_not_there_is_told_with_what_to_do()
    {
        Assert.True(DatabaseAddress.TryParse(server.NewAddress(), out var address));

        var error = Assert.Throws<HistoryException>(() => PostgreSqlHistoryStore.Open(address));

        Assert.Equal($"{address} is not there: make it, as with `createdb {address.Database}`", error.Message);
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_told_without_the_password()
    {
        Assert.True(DatabaseAddress.TryParse("postgres://ann:sesame@127.0.0.1:1/chat", out var address));

        var error = Assert.Throws<HistoryException>(() => PostgreSqlHistoryStore.Open(address));

        Assert.StartsWith("postgres://127.0.0.1:1/chat cannot be reached (", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_is_refused_until_the_first_has_ended()
    {
        var address = server.NewEmptyDatabase();
        await using (PostgreSqlHistoryStore.Open(address))
        {
            var error = Assert.Throws<HistoryException>(() => PostgreSqlHistoryStore.Open(address));
            Assert.Equal($"Another server keeps its history in {address}: stop that one, or use another database", error.Message);
        }

        await using var next = PostgreSqlHistoryStore.Open(address);
        next.Append([Said(1, "hello")]);
    }

    [Fact]
    public async Task A_schema_of_a_newer_Parley_is_left_alone()
    {
        var address = server.NewEmptyDatabase();
        await using (PostgreSqlHistoryStore.Open(address))
        {
        }

        server.Execute(address.Database, "UPDATE schema_version SET version = 999");

        var error = Assert.Throws<HistoryException>(() => PostgreSqlHistoryStore.Open(address));
        Assert.EndsWith($"was written by a newer Parley (schema 999, this one knows {Migrations.LatestVersion}): start that one, or use another database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_and_history_are_refused_in_the_same_words_and_change_nothing()
    {
        Assert.True(DatabaseAddress.TryParse(server.NewAddress(), out var missing));
        var newer = server.NewEmptyDatabase();
        using (PostgreSqlHistoryAdmin.Open(newer))
        {
        }

        server.Execute(newer.Database, "UPDATE schema_version SET version = 999");
        foreach (var address in new[] { missing, newer })
        {
            Assert.Equal(
                Assert.Throws<HistoryException>(() => PostgreSqlHistoryStore.Open(address)).Message,
                Assert.Throws<AccountStoreException>(() => PostgreSqlDatabase.Open(address)).Message);
        }
    }

    [Theory]
    [InlineData("CREATE TABLE parley.room (number int)")]
    [InlineData("CREATE TABLE parley.schema_version (id text)")]
    public void A_schema_of_another_program_is_left_alone(string table)
    {
        var address = server.NewEmptyDatabase();
        server.Execute(address.Database, $"CREATE SCHEMA parley; {table}");

        var error = Assert.Throws<AccountStoreException>(() => PostgreSqlDatabase.Open(address));

        Assert.EndsWith("has tables of another program in its schema parley: use another database, or rename that schema", error.Message, StringComparison.Ordinal);
        Assert.Equal(1L, server.Ask(address.Database, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'parley'"));
    }

    [Fact]
    public async Task Tables_of_another_program_in_another_schema_are_no_concern()
    {
        var address = server.NewEmptyDatabase();
        server.Execute(address.Database, "CREATE TABLE public.room (number int)");

        await using var database = PostgreSqlDatabase.Open(address);

        Assert.Empty(await database.Accounts.ListAsync(Token));
    }

    [Fact]
    public async Task A_database_of_the_version_before_accounts_is_brought_up_to_date_with_its_messages()
    {
        var address = server.NewEmptyDatabase();
        await using (var store = PostgreSqlHistoryStore.Open(address))
        {
            store.Append([Said(1, "before")]);
        }

        server.Execute(
            address.Database,
            """
            DROP TABLE account, secret, certificate, outside_identity, ssh_key, value, mail_code, invitation, device, passkey, push_key, push_subscription,
                push_place, ban, audit, registration, registration_role, registration_setting, registration_value, token, answer, hook, setback;
            DROP FUNCTION tell_change, tell_withdrawal, first_at;
            ALTER TABLE room DROP COLUMN last_time;
            UPDATE schema_version SET version = 3
            """);

        await using var database = PostgreSqlDatabase.Open(address);
        Assert.Empty(await database.Accounts.ListAsync(Token));
        await using var again = PostgreSqlHistoryStore.Open(address);
        Assert.Single(await again.ReadAsync(new(Room), Token));
    }

    [Fact]
    public async Task After_connections_are_cut_one_batch_fails_and_the_next_is_kept()
    {
        var address = server.NewEmptyDatabase();
        await using var store = PostgreSqlHistoryStore.Open(address);
        store.Append([Said(1, "before")]);
        server.Execute("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{address.Database}'");

        Assert.Throws<HistoryException>(() => store.Append([Said(2, "lost")]));
        store.Append([Said(2, "again"), Said(3, "after")]);

        var all = await store.ReadAsync(new(Room), Token);
        Assert.Equal(["before", "again", "after"], all.Select(entry => Encoding.UTF8.GetString(entry.Text.Span)));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("' \\ \" & | ! :* <->")]
    public async Task Any_text_is_kept_as_it_is(string text)
    {
        await using var store = PostgreSqlHistoryStore.Open(server.NewEmptyDatabase());

        store.Append([Said(1, text), Said(2, new string('x', 5_000) + " end")]);

        Assert.Equal(text, Encoding.UTF8.GetString((await store.ReadAsync(new(Room), Token))[0].Text.Span));
        Assert.Equal([2L], (await store.SearchAsync(new(Room, new string('X', 5_000)), Token)).Entries.Select(entry => entry.Number));
        Assert.Equal([2L], (await store.SearchAsync(new(Room, "end"), Token)).Entries.Select(entry => entry.Number));
        Assert.Empty((await store.SearchAsync(new(Room, new string('x', 4_999)), Token)).Entries);
    }

    [Theory]
    [InlineData("postgres://ann:pass%20word@db.example:5433/chat", "postgres://db.example:5433/chat")]
    [InlineData("postgresql://db.example/chat", "postgres://db.example:5432/chat")]
    [InlineData("postgres://[::1]/chat?sslmode=verify-full", "postgres://::1:5432/chat")]
    [InlineData("postgres://ann@localhost/chat?host=/run/postgresql", "postgres:///chat?host=/run/postgresql")]
    [InlineData("postgres://db.example", null)]
    [InlineData("postgres://db.example/", null)]
    [InlineData("postgres://db.example/a/b", null)]
    [InlineData("postgres://db.example/chat?sslmode=sometimes", null)]
    [InlineData("postgres://db.example/chat?unknown=1", null)]
    [InlineData("mysql://db.example/chat", null)]
    [InlineData("/var/lib/parley", null)]
    public void Addresses_are_those_that_PostgreSQL_has_and_show_no_password(string text, string? shown)
        => Assert.Equal(shown, DatabaseAddress.TryParse(text, out var address) ? address.ToString() : null);

    [Fact]
    public void Connections_do_not_ask_Kerberos_first_which_waits_for_DNS()
    {
        Assert.True(DatabaseAddress.TryParse("postgres://ann@198.18.0.1/chat", out var address));

        Assert.Equal(GssEncryptionMode.Disable, new NpgsqlConnectionStringBuilder(address.ConnectionString).GssEncryptionMode);
    }

    private static RoomName Room { get; } = RoomName.TryParse("main", out var room) ? room : throw new InvalidOperationException();

    private static HistoryEntry Said(long number, string text)
    {
        Assert.True(UserName.TryParse("Ann", out var author));
        return new HistoryEntry(Room, number, Start.AddSeconds(number), author, default, MessageKind.Text, Encoding.UTF8.GetBytes(text));
    }
}
