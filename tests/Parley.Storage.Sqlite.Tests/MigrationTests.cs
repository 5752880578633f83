using Parley.Core.History;
using Parley.Storage.Sqlite.Admin;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Tests;

public sealed class MigrationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<int> EarlierVersions => [.. Enumerable.Range(1, FileKind.History.LatestVersion - 1)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(EarlierVersions))]
    public async Task A_file_of_an_earlier_version_is_brought_up_to_date_with_all_that_is_in_it(int version)
    {
        HistoryFile.CreateForOwner(_directory.Path);
        using (var database = HistoryFile.Prepared(Database.Open(_directory.File, readOnly: false, default), version))
        {
            // Version 1 has these columns; a later one that has others needs a script of its own here.
            database.Execute(
                """
                INSERT INTO room (id, name, last_number) VALUES (1, 'main', 3), (2, 'ann bob', 1);
                INSERT INTO message (id, room, number, time, author, kind, text) VALUES
                    (1, 1, 1, 10, 'Ann', 0, 'red apple'), (2, 1, 2, 20, 'Ann', 0, 'green apple'), (3, 1, 3, 30, 'Ann', 0, 'yellow apple');
                INSERT INTO place (key, message) VALUES (1 << 36 | 1, 1), (1 << 36 | 2, 2);
                INSERT INTO message (id, room, number, time, author, recipient, kind, text) VALUES (4, 2, 1, 40, 'Bob', 'Ann', 0, 'psst');
                UPDATE room SET last_number = 1 WHERE id = 0;
                UPDATE progress SET placed = 2, last_time = 40;
                """);
            if (version >= 8)
            {
                database.Execute("UPDATE room SET key = lower(name)");
            }

            if (version >= 2)
            {
                var column = version < 5 ? "text" : "terms";
                database.Execute($"INSERT INTO message_index (rowid, {column}) SELECT key, {column} FROM searched ORDER BY key");
            }

            Assert.Equal(version, database.Number("PRAGMA user_version"));
        }

        await using (var store = SqliteHistoryStore.Open(_directory.Path, new()))
        {
            string[] all = ["red apple", "green apple", "yellow apple"];
            Assert.Equal(all, Messages.TextsOf(await store.ReadAsync(new(Messages.Room("main")), Token)));

            // What an index of another kind had is put into this one behind everything else.
            Assert.Contains("yellow apple", Messages.TextsOf((await store.SearchAsync(new(Messages.Room("main"), "apple"), Token)).Entries));
            store.TidyUp();
            Assert.Equal(all.Order(), Messages.TextsOf((await store.SearchAsync(new(Messages.Room("main"), "apple"), Token)).Entries).Order());

            // Names alone give nobody a right to what two wrote to each other: see UpgradeTests for what an account keeps.
            Assert.Empty(await store.ListConversationsAsync(Messages.Asking("Ann"), new(default), Token));
            store.Append([Messages.Said("main", 4, "x")]);
        }

        using var admin = SqliteHistoryAdmin.Open(_directory.Path);
        Assert.Equal(FileKind.History.LatestVersion, admin.Stats().SchemaVersion);
        Assert.Empty(admin.Check(repair: false, Messages.Start).Problems);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_alone_and_the_error_says_so()
    {
        await using (SqliteHistoryStore.Open(_directory.Path, new()))
        {
        }

        using (var database = Database.Open(_directory.File, readOnly: false, default))
        {
            database.Execute("PRAGMA user_version = 999");
        }

        var error = Assert.Throws<HistoryException>(() => SqliteHistoryStore.Open(_directory.Path, new()));

        Assert.Equal(
            $"{_directory.File} was written by a newer Parley (schema 999, this one knows {FileKind.History.LatestVersion}): "
            + "start that one, or use another data directory",
            error.Message);
    }

    [Fact]
    public async Task What_a_migration_began_and_did_not_end_is_not_there()
    {
        HistoryFile.CreateForOwner(_directory.Path);
        using (var database = HistoryFile.Prepared(Database.Open(_directory.File, readOnly: false, default), version: 1))
        {
            // In the way of the second step.
            database.Execute("CREATE TABLE message_index (x)");
        }

        Assert.Throws<HistoryException>(() => SqliteHistoryStore.Open(_directory.Path, new()));

        using (var database = Database.Open(_directory.File, readOnly: false, default))
        {
            Assert.Equal(1, database.Number("PRAGMA user_version"));
            Assert.Equal(0, database.Number("SELECT count(*) FROM sqlite_master WHERE name = 'searched'"));
            database.Execute("DROP TABLE message_index");
        }

        await using (SqliteHistoryStore.Open(_directory.Path, new()))
        {
        }
    }
}
