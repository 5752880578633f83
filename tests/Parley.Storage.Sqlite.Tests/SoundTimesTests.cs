using Parley.Core.History;
using Parley.Storage.Sqlite.Admin;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Tests;

/// <summary>Times and numbers that would keep a server from going on.</summary>
public sealed class SoundTimesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<long, DateTimeOffset, string> Refused => new()
    {
        { 0, Messages.Start, "number 0 is not one from 1 to 34359738367" },
        { 68_719_476_735, Messages.Start, "number 68719476735 is not one from 1 to 34359738367" },
        { HistoryBounds.MaxImportedNumber + 1, Messages.Start, "number 34359738368 is not one from 1 to 34359738367" },
        { 1, DateTimeOffset.MaxValue, "time 9999-12-31 23:59:59Z is yet to come: messages that are said now would have it, too" },
        { 1, Messages.Start.AddDays(1).AddTicks(1), "time 2026-06-02 12:00:00Z is yet to come: messages that are said now would have it, too" },
        { 1, DateTimeOffset.UnixEpoch.AddTicks(-1), "time 1969-12-31 23:59:59Z is before 1970" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Refused))]
    public void An_import_refuses_what_a_server_could_not_go_on_from(long number, DateTimeOffset time, string why)
    {
        using var admin = SqliteHistoryAdmin.OpenOrCreate(_directory.Path);

        var error = Assert.Throws<HistoryException>(
            () => admin.Import([Messages.Said("other", 1, "fine"), Messages.Said("imp", number, "x") with { Time = time }], Messages.Start));

        Assert.Equal($"A message in imp cannot be imported: {why}", error.Message);
        Assert.Equal(0, admin.Stats().Messages);
    }

    [Fact]
    public async Task The_highest_number_and_the_latest_time_that_are_imported_leave_room_for_more()
    {
        using (var admin = SqliteHistoryAdmin.OpenOrCreate(_directory.Path))
        {
            admin.Import([Messages.Said("imp", HistoryBounds.MaxImportedNumber, "x") with { Time = Messages.Start.AddDays(1) }], Messages.Start);
        }

        await using var store = SqliteHistoryStore.Open(_directory.Path, new());
        store.Append([Messages.Said("imp", HistoryBounds.MaxImportedNumber + 1, "y") with { Time = Messages.Start.AddDays(1) }]);
        Assert.Equal(2, (await store.ReadAsync(new(Messages.Room("imp")), Token)).Count);
    }

    [Fact]
    public async Task A_file_with_a_message_of_the_end_of_time_is_refused_at_the_start_and_mended_by_a_check()
    {
        await using (var store = SqliteHistoryStore.Open(_directory.Path, new()))
        {
            store.Append([Messages.Said("main", 1, "a"), Messages.Said("main", 2, "b") with { Time = DateTimeOffset.MaxValue }]);
            store.Append([Messages.Told("Ann", "Bob", 1, "c") with { Time = DateTimeOffset.MaxValue }]);
        }

        Assert.Equal(
            $"{_directory.File} has a message of the year 9999, behind which none can be kept: run `parley history check --repair`",
            Assert.Throws<HistoryException>(() => SqliteHistoryStore.Open(_directory.Path, new())).Message);
        var now = Messages.Start.AddDays(5);
        using (var admin = SqliteHistoryAdmin.Open(_directory.Path))
        {
            Assert.Equal("2 messages of a time that is yet to come, which all that is said now will have too", Assert.Single(admin.Check(repair: false, now).Problems));
            Assert.Equal(2, admin.Check(repair: true, now).TimesMended);
            Assert.Equal((0, 0), (admin.Check(repair: true, now).TimesMended, admin.Check(repair: false, now).Problems.Count));
        }

        await using var mended = SqliteHistoryStore.Open(_directory.Path, new());
        Assert.Equal(now, await mended.LastTimeAsync(Messages.Room("main"), Token));
        Assert.Equal([Messages.Start.AddSeconds(1), now], (await mended.ReadAsync(new(Messages.Room("main")), Token)).Select(entry => entry.Time));
        Assert.Equal(now, Assert.Single(await mended.ListConversationsAsync(Messages.Asking("Ann"), new(default), Token)).LastTime);
    }

    [Fact]
    public void Oldest_and_newest_are_by_time_in_whatever_order_they_came()
    {
        using var admin = SqliteHistoryAdmin.OpenOrCreate(_directory.Path);
        admin.Import([Messages.Said("main", 5, "new")], Messages.Start);
        admin.Import([Messages.Said("main", 1, "old")], Messages.Start);

        var stats = admin.Stats();

        Assert.Equal((Messages.Start.AddSeconds(1), Messages.Start.AddSeconds(5)), (stats.Oldest, stats.Newest));
    }

    [Fact]
    public async Task A_room_without_a_place_is_refused_as_data_and_the_file_is_well()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, new());
        using (var other = Database.Open(_directory.File, readOnly: false, default))
        {
            other.Execute("INSERT INTO room (id, name, key) VALUES (134217727, 'last', 'last')");
        }

        Assert.Throws<ArgumentException>(() => store.Append([Messages.Said("more", 1, "x")]));
        store.Append([Messages.Said("last", 1, "y")]);
    }

    [Fact]
    public async Task How_far_time_has_come_is_known_after_a_restart()
    {
        await using (var store = SqliteHistoryStore.Open(_directory.Path, new()))
        {
            store.Append([Messages.Said("main", 1, "a")]);
        }

        await using (var store = SqliteHistoryStore.Open(_directory.Path, new()))
        {
            Assert.Equal(Messages.Start.AddSeconds(1), store.TidiedUntil);
            store.Tidy(new(TimeSpan.FromDays(30), 0), Messages.Start.AddHours(3));
        }

        using (var admin = SqliteHistoryAdmin.Open(_directory.Path))
        {
            // An operator's command is no sign of life of the server.
            admin.Prune(new(TimeSpan.FromDays(90), 0), Messages.Start.AddDays(40));
        }

        await using var again = SqliteHistoryStore.Open(_directory.Path, new());
        Assert.Equal(Messages.Start.AddHours(3), again.TidiedUntil);
    }

    [Fact]
    public async Task A_directory_that_is_taken_away_is_noticed_with_the_next_message_and_without_one()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, new());
        store.Append([Messages.Said("main", 1, "a")]);
        Directory.Delete(_directory.Path, recursive: true);

        var error = await FailureAsync(() => store.Tidy(default, Messages.Start));

        Assert.Equal(
            $"{_directory.File} was removed, moved away or replaced while the server was using it: put it back, or restart the server to begin with what is there", error.Message);
        Assert.Throws<HistoryLostException>(() => store.Append([Messages.Said("main", 2, "b")]));
        Directory.CreateDirectory(_directory.Path);
    }

    /// <summary>The store looks once a second.</summary>
    private static async Task<HistoryLostException> FailureAsync(Action action)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(Token))
        {
            try
            {
                action();
            }
            catch (HistoryLostException e)
            {
                return e;
            }
        }

        throw new InvalidOperationException();
    }
}
