using Parley.Core.History;
using Parley.Storage.Sqlite.Admin;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Tests;

/// <summary>Times that go back along a room's numbers without the server's having written them in that order.</summary>
public sealed class SetbackTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_import_that_fills_gaps_is_read_by_its_times_and_ages_by_them()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, new());
        store.Append([.. Enumerable.Range(1, 30).Select(index => Messages.Said("main", index * 100, "kept"))]);
        store.TidyUp();
        Assert.Empty(await NumbersAsync(store, new(Messages.Room("main")) { Until = Messages.Start }));

        using (var admin = SqliteHistoryAdmin.Open(_directory.Path))
        {
            var old = Enumerable.Range(1, 20).Select(index => Messages.Said("main", (index * 100) + 1, "old") with { Time = Messages.Start.AddHours(index - 48) });
            Assert.Equal(new ImportResult(20, 0), admin.Import(old.Reverse(), Messages.Start.AddDays(1)));
        }

        Assert.Equal(Enumerable.Range(1, 20).Select(index => (index * 100L) + 1), await NumbersAsync(store, new(Messages.Room("main")) { Until = Messages.Start }));
        Assert.Equal([1901L, 2001], await NumbersAsync(store, new(Messages.Room("main")) { Until = Messages.Start, Since = Messages.Start.AddHours(-29) }));

        store.TidyUp(new(TimeSpan.FromHours(29), 0));
        Assert.Equal([1901L, 2001], await NumbersAsync(store, new(Messages.Room("main")) { Until = Messages.Start }));
        Assert.Equal(32, (await NumbersAsync(store, new(Messages.Room("main")))).Count());
    }

    [Fact]
    public async Task A_file_of_before_setbacks_were_noted_is_looked_through_behind_everything_else()
    {
        HistoryFile.CreateForOwner(_directory.Path);
        using (var database = HistoryFile.Prepared(Database.Open(_directory.File, readOnly: false, default), 9))
        {
            // Two pieces and some, the second half of an earlier clock; the last ones not in place yet.
            database.Execute(
                """
                INSERT INTO room (id, name, key, last_number) VALUES (1, 'main', 'main', 2500), (2, 'side', 'side', 1);
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
                INSERT INTO message (id, room, number, time, author, kind, text) SELECT i, 1, i, CASE WHEN i <= 1000 OR i > 2200 THEN 100000 + i ELSE i END, 'Ann', 0, 'x' FROM n;
                INSERT INTO place (key, message) SELECT room << 36 | number, id FROM message WHERE id <= 2100;
                INSERT INTO message (id, room, number, time, author, kind, text) VALUES (2501, 2, 1, 5, 'Ann', 0, 'x');
                UPDATE progress SET placed = 2100, last_time = 102500;
                """);
        }

        await using var store = SqliteHistoryStore.Open(_directory.Path, new());
        store.TidyUp();
        var query = new HistoryQuery(Messages.Room("main")) { Until = StoredTime.ToTime(100_003), Limit = 5 };
        Assert.Equal([2196L, 2197, 2198, 2199, 2200], await NumbersAsync(store, query));
        Assert.Equal([1L, 2, 1001, 1002, 1003], await NumbersAsync(store, query with { Oldest = true }));
        Assert.Equal([1000L, 2201], await NumbersAsync(store, new(Messages.Room("main")) { Since = StoredTime.ToTime(101_000), Limit = 2, Oldest = true }));
    }

    [Fact]
    public async Task Times_that_a_check_has_mended_are_found()
    {
        await using (var store = SqliteHistoryStore.Open(_directory.Path, new()))
        {
            store.Append([Messages.Said("main", 1, "x"), Messages.Said("main", 2, "x") with { Time = Messages.Start.AddYears(9) }, Messages.Said("main", 3, "x") with { Time = Messages.Start.AddYears(9) }, Messages.Said("main", 4, "x")]);
            store.TidyUp();
        }

        using (var admin = SqliteHistoryAdmin.Open(_directory.Path))
        {
            Assert.Equal(2, admin.Check(repair: true, Messages.Start.AddHours(1)).TimesMended);
        }

        await using var mended = SqliteHistoryStore.Open(_directory.Path, new());
        mended.TidyUp();
        Assert.Equal([1L, 4], await NumbersAsync(mended, new(Messages.Room("main")) { Until = Messages.Start.AddHours(1) }));
        Assert.Equal([2L, 3], await NumbersAsync(mended, new(Messages.Room("main")) { Since = Messages.Start.AddHours(1) }));
    }

    private static async Task<IEnumerable<long>> NumbersAsync(SqliteHistoryStore store, HistoryQuery query)
        => (await store.ReadAsync(query with { Limit = query.Limit == 20 ? 100 : query.Limit }, Token)).Select(entry => entry.Number);
}
