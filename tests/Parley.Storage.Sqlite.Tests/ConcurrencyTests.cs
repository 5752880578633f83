using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Tests;

public sealed class ConcurrencyTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Reads_go_on_while_somebody_writes_and_see_what_was_there_before()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, new());
        store.Append([Messages.Said("main", 1, "apple")]);
        store.TidyUp();
        using var other = Database.Open(_directory.File, readOnly: false, default);
        other.Execute("BEGIN IMMEDIATE; DELETE FROM message");

        Assert.Equal(["apple"], Messages.TextsOf(await store.ReadAsync(new(Messages.Room("main")), Token)));
        Assert.Single((await store.SearchAsync(new(Messages.Room("main"), "apple"), Token)).Entries);

        other.Execute("ROLLBACK");
    }

    [Fact]
    public async Task A_page_has_no_gap_and_nothing_twice_while_messages_are_put_in_place()
    {
        const int Batches = 150;
        await using var store = SqliteHistoryStore.Open(_directory.Path, new());
        long appended = 0;
        var writer = Task.Run(
            () =>
            {
                for (var batch = 0; batch < Batches; batch++)
                {
                    store.Append(Messages.Many("main", (batch * 10) + 1, 10, "apple"));
                    Volatile.Write(ref appended, (batch + 1) * 10);
                    store.Tidy(default, Messages.Start);
                }
            },
            Token);

        while (!writer.IsCompleted)
        {
            var before = Volatile.Read(ref appended);
            var numbers = (await store.ReadAsync(new(Messages.Room("main")) { Limit = 2000 }, Token)).Select(entry => entry.Number).ToArray();

            Assert.InRange(numbers.LongLength, before, Batches * 10);
            Assert.Equal(Enumerable.Range(1, numbers.Length).Select(number => (long)number), numbers);
            if (before > 0)
            {
                var found = (await store.SearchAsync(new(Messages.Room("main"), "apple") { Limit = 2000 }, Token)).Entries;
                Assert.InRange(found.Count, (int)before, Batches * 10);
                Assert.Equal(found.Count, found.Select(entry => entry.Number).Distinct().Count());
            }
        }

        await writer;
    }

    [Fact]
    public async Task More_reads_than_there_are_places_wait_and_are_all_done()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, new() { MaxReaders = 2 });
        store.Append(Messages.Many("main", 1, 100, "apple"));

        var pages = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => store.ReadAsync(new(Messages.Room("main")), Token).AsTask()));

        Assert.All(pages, page => Assert.Equal(20, page.Count));
    }

    [Fact]
    public async Task A_read_that_is_given_up_ends_and_the_next_one_works()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, new() { MaxReaders = 1 });
        store.Append([Messages.Said("main", 1, "apple")]);
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.ReadAsync(new(Messages.Room("main")), given.Token));

        Assert.Single(await store.ReadAsync(new(Messages.Room("main")), Token));
    }
}
