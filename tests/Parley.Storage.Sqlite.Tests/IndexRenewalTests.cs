using Parley.Storage.Sqlite.Admin;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Tests;

/// <summary>A file of an earlier Parley, whose search index is made anew behind everything else.</summary>
public sealed class IndexRenewalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_earlier_index_is_made_anew_piece_by_piece_while_messages_come_and_go()
    {
        await using (var store = SqliteHistoryStore.Open(_directory.Path, new()))
        {
            store.Append([.. Messages.Many("main", 1, 1200, "Straße"), .. Messages.Many("side", 1, 100, "Straße")]);
            store.TidyUp();
        }

        MakeIndexOld();
        await using (var store = SqliteHistoryStore.Open(_directory.Path, new()))
        {
            using var admin = SqliteHistoryAdmin.Open(_directory.Path);
            Assert.Equal(1300, admin.Stats().Unindexed);
            Assert.Equal(0, await CountAsync(store, "main"));

            // One piece; then what changes meanwhile: new messages, and old ones that are gone before their turn comes.
            store.Tidy(default, Messages.Start);
            store.Append(Messages.Many("main", 1201, 10, "strasse"));
            store.Append([Messages.Said("main", 1199, "") with { Kind = Core.Events.MessageKind.Redacted }]);
            store.Tidy(default, Messages.Start);
            admin.Prune(new(TimeSpan.Zero, 1000), Messages.Start);
            Assert.InRange(await CountAsync(store, "main"), 11, 900);

            store.TidyUp();

            Assert.Equal(0, admin.Stats().Unindexed);
            Assert.Equal(999, await CountAsync(store, "main"));
            Assert.Equal(100, await CountAsync(store, "side"));
        }

        using var closed = SqliteHistoryAdmin.Open(_directory.Path);
        Assert.Empty(closed.Check(repair: false, Messages.Start).Problems);
    }

    [Fact]
    public async Task Repair_makes_all_of_a_half_renewed_index_anew()
    {
        await using (var store = SqliteHistoryStore.Open(_directory.Path, new()))
        {
            store.Append(Messages.Many("main", 1, 1200, "Straße"));
            store.TidyUp();
        }

        MakeIndexOld();
        await using (var store = SqliteHistoryStore.Open(_directory.Path, new()))
        {
            store.Tidy(default, Messages.Start);
        }

        using (var admin = SqliteHistoryAdmin.Open(_directory.Path))
        {
            Assert.Empty(admin.Check(repair: false, Messages.Start).Problems);
            using (var other = Database.Open(_directory.File, readOnly: false, default))
            {
                other.Execute("UPDATE message SET text = 'plum' WHERE number = 1");
            }

            Assert.True(admin.Check(repair: true, Messages.Start).IndexRebuilt);
            Assert.Equal(0, admin.Stats().Unindexed);
        }

        await using var mended = SqliteHistoryStore.Open(_directory.Path, new());
        Assert.Equal(1199, await CountAsync(mended, "main"));
    }

    /// <summary>As the migration leaves it: empty, with everything before its time to come.</summary>
    private void MakeIndexOld()
    {
        using var database = Database.Open(_directory.File, readOnly: false, default);
        database.Execute(
            """
            UPDATE progress SET reindex_end = placed, reindexed = 0;
            INSERT INTO message_index (message_index) VALUES ('delete-all');
            """);
    }

    private static async Task<int> CountAsync(SqliteHistoryStore store, string room)
        => (await store.SearchAsync(new(Messages.Room(room), "strasse") { Limit = 5000 }, Token)).Entries.Count;
}
