using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite;
using Parley.Storage.Sqlite.Admin;

namespace Parley.Storage.PostgreSql.Tests;

/// <summary>A history goes from SQLite to PostgreSQL and back, and is the same.</summary>
public sealed class PostgreSqlArchiveTests(PostgreSqlServer server) : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("parley-move-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task An_import_whose_times_run_backwards_is_taken_and_read_by_each_messages_own_time()
    {
        var address = server.NewDatabase();
        await using (var store = PostgreSqlHistoryStore.Open(address))
        {
            store.Append([.. Enumerable.Range(1, 5).Select(index => Said("main", index * 10, "kept"))]);
            using var admin = PostgreSqlHistoryAdmin.Open(address);
            admin.Import([.. new[] { 31, 11, 41, 2 }.Select(number => Said("main", number, "old") with { Time = Start.AddHours(number - 48) })], Start.AddDays(1));
            Assert.Equal([2L, 11, 31, 41], await NumbersAsync(store, new(Room("main")) { Until = Start }));
        }

        using (var admin = PostgreSqlHistoryAdmin.Open(address))
        {
            admin.Import([Said("main", 60, "late") with { Time = Start.AddHours(-1) }, Said("main", 70, "later")], Start.AddDays(1));
        }

        await using var later = PostgreSqlHistoryStore.Open(address);
        later.Append([Said("main", 80, "new") with { Time = Start.AddHours(-2) }, Said("main", 90, "new") with { Time = Start.AddHours(1) }]);
        Assert.Equal([2L, 11, 31, 41, 60, 80], await NumbersAsync(later, new(Room("main")) { Until = Start }));
        Assert.Equal([60L, 80], await NumbersAsync(later, new(Room("main")) { Until = Start, Since = Start.AddHours(-3) }));
    }

    [Fact]
    public async Task Everything_goes_both_ways_and_a_second_time_nothing_does()
    {
        var address = server.NewDatabase();
        var (first, second) = (Path.Combine(_directory, "one"), Path.Combine(_directory, "two"));
        HistoryEntry[] all =
        [
            Said("main", 1, "Straße 北京大学") with { Origin = "~ann@x", Account = User("Anna"), Tags = "+draft/reply=q"u8.ToArray(), AuthorId = Identity.Restore(7) },
            Told(1, "psst"), Said("main", 2, "joined") with { Kind = MessageKind.Joined }, Said("side", 5, "a\nb"), Said("main", 3, "end") with { AuthorId = Identity.Restore(-3) },
        ];
        await using (var store = SqliteHistoryStore.Open(first, new()))
        {
            store.Append(all);
        }

        using (var source = SqliteHistoryAdmin.Open(first))
        using (var database = PostgreSqlHistoryAdmin.Open(address))
        using (var back = SqliteHistoryAdmin.OpenOrCreate(second))
        {
            Assert.Equal(new ImportResult(5, 0), database.Import(source.Export(withDirects: true), Start.AddDays(1)));
            database.RaiseNumbers([.. source.LastNumbers(), new LastNumber(Room("gone"), 9)]);
            Assert.Equal(new ImportResult(0, 5), database.Import(source.Export(withDirects: true), Start.AddDays(1)));
            Assert.Equal(new ImportResult(5, 0), back.Import(database.Export(withDirects: true), Start.AddDays(1)));
            back.RaiseNumbers(database.LastNumbers());
            Assert.Equal(all.Select(Text), back.Export(withDirects: true).Select(Text));
            Assert.Equal(all.Select(Rest), back.Export(withDirects: true).Select(Rest));
            Assert.Equal(
                [("", 1L), ("gone", 9), ("main", 3), ("side", 5)], back.LastNumbers().Select(each => (each.Room.Value, each.Number)).Order());
        }

        await using var served = PostgreSqlHistoryStore.Open(address);
        Assert.Equal(9, await served.LastNumberAsync(Room("gone"), Token));
        Assert.Single((await served.SearchAsync(new(Room("main"), "strasse 京大"), Token)).Entries);
    }

    [Fact]
    public async Task Pages_search_and_retention_go_on_in_the_other_store_entry_by_entry()
    {
        var address = server.NewDatabase();
        var (first, second) = (Path.Combine(_directory, "one"), Path.Combine(_directory, "two"));
        HistoryEntry[] all = [.. Enumerable.Range(1, 120).Select(i => Said(i % 2 == 0 ? "main" : "side", i, i % 3 == 0 ? $"tea {i}" : $"Kaffee {i}")), Told(1, "psst tea")];
        await using var source = SqliteHistoryStore.Open(first, new());
        source.Append(all);
        using (var files = SqliteHistoryAdmin.Open(first))
        using (var database = PostgreSqlHistoryAdmin.Open(address))
        using (var back = SqliteHistoryAdmin.OpenOrCreate(second))
        {
            database.Import(files.Export(withDirects: true), Start.AddDays(1));
            database.RaiseNumbers(files.LastNumbers());
            back.Import(database.Export(withDirects: true), Start.AddDays(1));
            back.RaiseNumbers(database.LastNumbers());
        }

        await using var moved = PostgreSqlHistoryStore.Open(address);
        await using var returned = SqliteHistoryStore.Open(second, new());
        IHistoryStore[] stores = [source, moved, returned];
        await SameAsync(stores, async store => (await store.SearchAsync(new(Room("main"), "TEA"), Token)).Entries);
        await SameAsync(stores, store => store.ReadAsync(new(Room("side")) { Limit = 40 }, Token));
        foreach (var store in stores)
        {
            store.Append([Said("main", 121, "tea 121")]);
            while (store.Tidy(new Retention(default, 10), Start.AddMinutes(3)))
            {
            }
        }

        await SameAsync(stores, store => store.ReadAsync(new(Room("main")), Token));
        await SameAsync(stores, async store => (await store.SearchAsync(new(Room("main"), "tea"), Token)).Entries);
        Assert.Equal(112, (await moved.ReadAsync(new(Room("main")), Token))[0].Number);
        Assert.All(stores, store => Assert.Throws<ArgumentException>(() => store.Append([Said("main", 121, "a second time")])));
    }

    [Fact]
    public async Task While_a_server_runs_only_what_is_missing_is_imported()
    {
        var address = server.NewDatabase();
        await using var store = PostgreSqlHistoryStore.Open(address);
        store.Append([Said("main", 5, "five")]);
        using var admin = PostgreSqlHistoryAdmin.Open(address);

        Assert.Equal(new ImportResult(1, 1), admin.Import([Said("main", 4, "four"), Said("main", 5, "five")], Start.AddDays(1)));
        var error = Assert.Throws<HistoryException>(() => admin.Import([Said("main", 6, "six")], Start.AddDays(1)));

        Assert.EndsWith("only what is missing below its newest messages can be imported; stop it to import more", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, await store.LastNumberAsync(Room("main"), Token));
        store.Append([Said("main", 6, "six of the server")]);
    }

    [Fact]
    public void What_a_server_could_not_go_on_from_is_refused()
    {
        using var admin = PostgreSqlHistoryAdmin.Open(server.NewDatabase());

        Assert.Throws<HistoryException>(() => admin.Import([Said("main", 1, "a"), Said("main", 68_719_476_735, "b")], Start.AddDays(1)));
        Assert.Throws<HistoryException>(() => admin.Import([Said("main", 1, "a") with { Time = DateTimeOffset.MaxValue }], Start));
        Assert.Empty(admin.Export());
    }

    private static async Task SameAsync(IHistoryStore[] stores, Func<IHistoryStore, ValueTask<IReadOnlyList<HistoryEntry>>> read)
    {
        var expected = await read(stores[0]);
        Assert.NotEmpty(expected);
        foreach (var store in stores.Skip(1))
        {
            var entries = await read(store);
            Assert.Equal(expected.Select(Text), entries.Select(Text));
            Assert.Equal(expected.Select(Rest), entries.Select(Rest));
        }
    }

    private static string Text(HistoryEntry entry) => Encoding.UTF8.GetString(entry.Text.Span) + Encoding.UTF8.GetString(entry.Tags.Span);

    private static HistoryEntry Rest(HistoryEntry entry) => entry with { Text = default, Tags = default };

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    private static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    private static HistoryEntry Said(string room, long number, string text)
        => new(Room(room), number, Start.AddSeconds(number), User("Ann"), default, MessageKind.Text, Encoding.UTF8.GetBytes(text));

    private static HistoryEntry Told(long number, string text)
        => new(default, number, Start.AddSeconds(number), User("Ann"), User("Bob"), MessageKind.Text, Encoding.UTF8.GetBytes(text));

    private static async Task<IEnumerable<long>> NumbersAsync(PostgreSqlHistoryStore store, HistoryQuery query)
        => (await store.ReadAsync(query, Token)).Select(entry => entry.Number);
}
