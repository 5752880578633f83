using Parley.Core.History;
using Parley.Storage.Sqlite.Admin;

namespace Parley.Storage.Sqlite.Tests;

/// <summary>Removing messages where the disk has no room left.</summary>
public sealed class FullDiskTests
{
    private const long ReserveBytes = 8 * 1024 * 1024;

    private static readonly string Text = string.Concat(Enumerable.Repeat("apple ", 600));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Pruning_beside_a_server_makes_room_for_what_comes()
    {
        using var disk = SmallDisk.MountOrSkip();
        await using var store = SqliteHistoryStore.Open(disk.Path, new() { ReserveBytes = ReserveBytes });
        var last = Talk(store, disk);

        using (var admin = SqliteHistoryAdmin.OpenToPrune(disk.Path))
        {
            Assert.InRange(admin.Prune(new Retention(TimeSpan.Zero, 10), Messages.Start), last / 2, last);
            Assert.True(admin.HasGivenUpReserve);
            Assert.Empty(admin.Check(repair: false, Messages.Start).Problems);
        }

        store.Append([Messages.Said("main", last + 1, Text)]);
        store.TidyUp();
        Assert.Equal(last + 1, Assert.Single(await store.ReadAsync(new(Messages.Room("main")) { Limit = 1 }, Token)).Number);
    }

    [Fact(Timeout = 120_000)]
    public async Task Pruning_works_where_even_opening_does_not()
    {
        using var disk = SmallDisk.MountOrSkip();
        await using (var store = SqliteHistoryStore.Open(disk.Path, new() { ReserveBytes = ReserveBytes }))
        {
            store.Append(Messages.Many("main", 1, 100, Text));
        }

        disk.Fill();
        Assert.EndsWith("has no room for more messages: free disk space, keep less history, or allow the file to be larger", Assert.Throws<HistoryException>(() => SqliteHistoryAdmin.Open(disk.Path)).Message, StringComparison.Ordinal);

        using var admin = SqliteHistoryAdmin.OpenToPrune(disk.Path);
        Assert.Equal(90, admin.Prune(new Retention(TimeSpan.Zero, 10), Messages.Start));
        Assert.True(admin.HasGivenUpReserve);
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_a_reserve_the_error_says_how_much_is_to_be_freed()
    {
        using var disk = SmallDisk.MountOrSkip();
        await using var store = SqliteHistoryStore.Open(disk.Path, new() { ReserveBytes = 0 });
        Talk(store, disk);

        using var admin = SqliteHistoryAdmin.OpenToPrune(disk.Path);
        var error = Assert.Throws<HistoryException>(() => admin.Prune(new Retention(TimeSpan.Zero, 10), Messages.Start));

        Assert.Equal($"Removing messages needs some room itself, and the disk of {disk.Path} has none: free 24 MiB there, then prune", error.Message);
    }

    [Fact]
    public async Task The_reserve_is_taken_where_there_is_plenty_and_given_back_once()
    {
        using var directory = new TemporaryDirectory();
        var reserve = Path.Combine(directory.Path, "history.reserve");
        DiskReserve.Take(directory.Path, long.MaxValue / 8);
        Assert.False(File.Exists(reserve));

        await using (SqliteHistoryStore.Open(directory.Path, new() { ReserveBytes = 1_000_000 }))
        {
            Assert.Equal(1_000_000, new FileInfo(reserve).Length);
        }

        Assert.True(DiskReserve.GiveUp(directory.Path));
        Assert.False(File.Exists(reserve));
        Assert.False(DiskReserve.GiveUp(directory.Path));
    }

    /// <summary>Has a server keep what is said until nothing more goes on the disk; the result is the last number.</summary>
    private static int Talk(SqliteHistoryStore store, SmallDisk disk)
    {
        var number = 0;
        while (Record.Exception(() => store.Append(Messages.Many("main", number + 1, 20, Text))) is null)
        {
            Assert.InRange(number, 0, 100_000);
            number += 20;
            if (Record.Exception(() => store.TidyUp()) is not null)
            {
                disk.Fill();
            }
        }

        disk.Fill();
        return number;
    }
}
