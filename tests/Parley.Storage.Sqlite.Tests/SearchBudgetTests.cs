using Parley.Core.History;
using Parley.Storage.Sqlite.Reading;

namespace Parley.Storage.Sqlite.Tests;

public sealed class SearchBudgetTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_search_that_has_looked_at_as_much_as_one_read_may_says_where_and_goes_on_from_there(bool oldest)
    {
        const int Many = HistorySearcher.MaxExamined + 500;
        await using var store = SqliteHistoryStore.Open(_directory.Path, new());

        // Each has the pairs that are looked for, and none has them side by side, but the one that comes last.
        store.Append(Messages.Many("main", 2, Many, "京大 北京"));
        store.Append([Messages.Said("main", Many + 2, "北京大")]);
        store.TidyUp();
        var search = new HistorySearch(Messages.Room("main"), "北京大") { Oldest = true };
        search = oldest ? search : search with { Oldest = false, Before = Many + 2 };

        var page = await store.SearchAsync(search, Token);

        Assert.Empty(page.Entries);
        Assert.Equal(oldest ? HistorySearcher.MaxExamined + 1 : Many + 2 - HistorySearcher.MaxExamined, page.StoppedAt);
        page = await store.SearchAsync(search.Behind(page.StoppedAt!.Value), Token);
        Assert.Null(page.StoppedAt);
        Assert.Equal(oldest ? 1 : 0, page.Entries.Count);
    }

    [Fact]
    public async Task Searches_leave_places_to_those_who_page()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, new() { MaxReaders = 2, MaxSearches = 1 });
        store.Append(Messages.Many("main", 1, 10, "apple"));
        using var pool = new System.Threading.CancellationTokenSource();
        var readers = new ReaderPool(_directory.File, new RecentMessages(), maxReaders: 2, maxSearches: 1, new SqliteHistoryOptions().BusyTimeout);
        using var held = new ManualResetEventSlim();
        var searches = Enumerable.Range(0, 5).Select(_ => readers.SearchAsync(
            reader =>
            {
                held.Wait(TimeSpan.FromSeconds(30), Token);
                return reader.LastNumber(Messages.Room("main"));
            },
            Token).AsTask()).ToArray();

        // Were all places the searches', this would wait for them.
        Assert.Equal(10, await readers.RunAsync(reader => reader.LastNumber(Messages.Room("main")), Token));

        held.Set();
        Assert.All(await Task.WhenAll(searches), number => Assert.Equal(10, number));
        await readers.DisposeAsync();
    }
}
