using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Tests;

public sealed class FailureTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_full_file_refuses_the_batch_and_takes_more_when_retention_has_made_room()
    {
        const int MaxBytes = 1_000_000;
        await using var store = SqliteHistoryStore.Open(_directory.Path, new() { MaxBytes = MaxBytes });
        var number = 0;
        HistoryException? error = null;
        while (error is null)
        {
            Assert.InRange(number, 0, 2_000);
            error = Record.Exception(() => store.Append(Messages.Many("main", number + 1, 10, new string('x', 500)))) as HistoryException;
            number += error is null ? 10 : 0;
            error ??= Record.Exception(() => store.TidyUp()) as HistoryException;
        }

        Assert.Equal(
            $"{_directory.File} has no room for more messages: free disk space, keep less history, or allow the file to be larger",
            error.Message);
        await AssertLastAsync(store, number);
        Assert.InRange(new FileInfo(_directory.File).Length, 1, MaxBytes);

        store.TidyUp(new Retention(TimeSpan.Zero, 10));
        store.Append(Messages.Many("main", number + 1, 10, new string('x', 500)));
        await AssertLastAsync(store, number + 10);
    }

    [Fact]
    public async Task The_bound_of_a_file_may_change_while_it_is_open()
    {
        const int MaxBytes = 600_000;
        await using var store = SqliteHistoryStore.Open(_directory.Path, new() { MaxBytes = MaxBytes });
        var number = Fill(0);

        store.MaxBytes = 2 * MaxBytes;
        var more = Fill(number);
        Assert.InRange(more, number + 10, int.MaxValue);
        Assert.InRange(new FileInfo(_directory.File).Length, 1, 2 * MaxBytes);

        store.MaxBytes = 0;
        store.Append(Messages.Many("main", more + 1, 2_000, new string('x', 500)));
        store.TidyUp();
        await AssertLastAsync(store, more + 2_000);

        store.MaxBytes = MaxBytes;
        Assert.InRange(Fill(more + 2_000), more + 2_000, more + 2_200);

        int Fill(int last)
        {
            while (Record.Exception(() =>
            {
                store.Append(Messages.Many("main", last + 1, 10, new string('x', 500)));
                store.TidyUp();
            }) is not HistoryException)
            {
                last += 10;
                Assert.InRange(last, 0, 10_000);
            }

            return last;
        }
    }

    [Fact]
    public async Task A_file_that_another_program_locks_is_an_error_until_it_is_free_again()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, new() { BusyTimeout = TimeSpan.FromMilliseconds(1) });
        store.Append([Messages.Said("main", 1, "a")]);
        using var other = Database.Open(_directory.File, readOnly: false, default);
        other.Execute("BEGIN IMMEDIATE");

        var error = Assert.Throws<HistoryException>(() => store.Append([Messages.Said("main", 2, "b")]));

        Assert.Equal($"{_directory.File} is locked by another program: wait until it is done, or end it", error.Message);
        Assert.Throws<HistoryException>(() => store.TidyUp());
        await AssertLastAsync(store, 1);

        other.Execute("ROLLBACK");
        store.Append([Messages.Said("main", 2, "b")]);
        store.TidyUp();
        await AssertLastAsync(store, 2);
    }

    [Fact]
    public async Task Who_locks_the_file_for_a_moment_is_waited_for()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, new() { BusyTimeout = TimeSpan.FromSeconds(60) });
        using var other = Database.Open(_directory.File, readOnly: false, default);
        other.Execute("BEGIN IMMEDIATE");

        var append = Task.Run(() => store.Append([Messages.Said("main", 1, "a")]), Token);
        Assert.False(append.IsCompleted);
        other.Execute("COMMIT");

        await append.WaitAsync(Token);
        await AssertLastAsync(store, 1);
    }

    [Theory]
    [InlineData("this is no database, and longer than a header of one hundred bytes, which is what SQLite looks at first of all")]
    [InlineData("short")]
    public void A_file_that_is_none_of_ours_is_left_alone_and_the_error_says_so(string content)
    {
        File.WriteAllText(_directory.File, content);

        var error = Assert.Throws<HistoryException>(() => SqliteHistoryStore.Open(_directory.Path, new()));

        Assert.Equal($"{_directory.File} is not a history file: move it away, or use another data directory", error.Message);
        Assert.Equal(content, File.ReadAllText(_directory.File));
    }

    [Fact]
    public void A_database_of_another_program_is_left_alone_and_the_error_says_so()
    {
        DataFile.Create(_directory.File).Dispose();
        using (var other = Database.Open(_directory.File, readOnly: false, default))
        {
            other.Execute("CREATE TABLE recipe (title)");
        }

        var error = Assert.Throws<HistoryException>(() => SqliteHistoryStore.Open(_directory.Path, new()));

        Assert.Equal($"{_directory.File} is not a history file: move it away, or use another data directory", error.Message);
    }

    [Fact]
    public async Task A_damaged_file_is_an_error_where_the_damage_is()
    {
        await using (var store = SqliteHistoryStore.Open(_directory.Path, new()))
        {
            store.Append(Messages.Many("main", 1, 5_000, "some words"));
            store.TidyUp();
        }

        // All pages but the first, which has the schema.
        await using (var file = File.OpenWrite(_directory.File))
        {
            var garbage = new byte[file.Length - 4096];
            Array.Fill(garbage, (byte)0xA5);
            file.Position = 4096;
            await file.WriteAsync(garbage, Token);
        }

        var error = await Assert.ThrowsAsync<HistoryException>(async () =>
        {
            await using var store = SqliteHistoryStore.Open(_directory.Path, new());
            await store.ReadAsync(new(Messages.Room("main")), Token);
        });

        Assert.Equal(
            $"{_directory.File} is damaged: stop the server and put back a backup, or move the file away to start anew", error.Message);
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_an_error()
    {
        var file = Path.Combine(_directory.Path, "file");
        File.WriteAllText(file, "");

        var error = Assert.Throws<HistoryException>(() => SqliteHistoryStore.Open(Path.Combine(file, "below"), new()));

        Assert.StartsWith(Path.Combine(file, "below", "history.db") + " cannot be written (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("): let this user write there, or use another data directory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_in_the_directory_is_refused_until_the_first_is_gone()
    {
        await using (SqliteHistoryStore.Open(_directory.Path, new()))
        {
            var error = Assert.Throws<HistoryException>(() => SqliteHistoryStore.Open(_directory.Path, new()));
            Assert.Equal(
                $"Another server keeps its history in {_directory.Path}: stop that one, or use another data directory", error.Message);
        }

        await using (SqliteHistoryStore.Open(_directory.Path, new()))
        {
        }
    }

    [Fact]
    public async Task Only_the_user_of_the_server_can_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps a user's directories to the user.");
            return;
        }

        var below = Path.Combine(_directory.Path, "new", "parley");
        await using var store = SqliteHistoryStore.Open(below, new());
        store.Append([Messages.Said("main", 1, "a")]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(below));
        foreach (var name in new[] { "history.db", "history.db-wal", "history.db-shm" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(below, name)));
        }
    }

    private static async Task AssertLastAsync(SqliteHistoryStore store, long number)
    {
        Assert.Equal(number, await store.LastNumberAsync(Messages.Room("main"), Token));
        Assert.Equal(number, Assert.Single(await store.ReadAsync(new(Messages.Room("main")) { Limit = 1 }, Token)).Number);
    }
}
