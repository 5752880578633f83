using System.Text;
using Parley.Core.History;
using Parley.Storage.Sqlite.Admin;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Tests;

/// <summary>What an operator does, beside a server that has the same file open.</summary>
public sealed class AdminTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteHistoryStore _store = null!;
    private SqliteHistoryAdmin _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _store = SqliteHistoryStore.Open(_directory.Path, new());
        _store.Append([Messages.Said("main", 1, "red apple"), Messages.Said("side", 1, "pear", "Bob"), Messages.Told("Ann", "Bob", 1, "psst")]);
        _store.TidyUp();
        _store.Append([Messages.Said("main", 2, "green apple", "bob"), Messages.Told("BOB", "Ann", 2, "what")]);
        _admin = SqliteHistoryAdmin.Open(_directory.Path);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Stats_say_how_much_there_is()
    {
        var stats = _admin.Stats();

        Assert.Equal(_directory.File, stats.Path);
        Assert.Equal((2, 3, 2, 2), (stats.Rooms, stats.Messages, stats.DirectMessages, stats.Unindexed));
        Assert.Equal((Messages.Start.AddSeconds(1), Messages.Start.AddSeconds(2)), (stats.Oldest, stats.Newest));
        Assert.True(stats.InUse);
        Assert.InRange(stats.Bytes, 1, long.MaxValue);

        await _store.DisposeAsync();
        Assert.False(_admin.Stats().InUse);
    }

    [Fact]
    public void Without_a_history_there_is_nothing_to_administer()
    {
        using var empty = new TemporaryDirectory();

        var error = Assert.Throws<HistoryException>(() => SqliteHistoryAdmin.Open(empty.Path));

        Assert.Equal($"There is no history in {empty.Path}: name the server's data directory with --data", error.Message);
        Assert.Empty(Directory.GetFiles(empty.Path));
    }

    [Fact]
    public void An_export_has_what_it_was_asked_for_in_the_order_of_writing()
    {
        Assert.Equal(["red apple", "pear", "psst", "green apple", "what"], Messages.TextsOf(_admin.Export(withDirects: true)));
        Assert.Equal(["red apple", "pear", "green apple"], Messages.TextsOf(_admin.Export()));
        Assert.Equal(["red apple", "green apple"], Messages.TextsOf(_admin.Export(Messages.Room("MAIN"), withDirects: true)));
    }

    [Fact]
    public void A_long_export_has_everything_once()
    {
        _store.Append(Messages.Many("long", 1, 2500, "x"));

        Assert.Equal(
            Enumerable.Range(1, 2500).Select(number => (long)number), _admin.Export(Messages.Room("long")).Select(entry => entry.Number));
    }

    [Fact]
    public async Task An_export_makes_the_same_history_elsewhere_and_importing_it_again_changes_nothing()
    {
        using var elsewhere = new TemporaryDirectory();
        var all = _admin.Export(withDirects: true).ToList();
        using (var other = SqliteHistoryAdmin.OpenOrCreate(elsewhere.Path))
        {
            Assert.Equal(new ImportResult(5, 0), other.Import(all));
            Assert.Equal(new ImportResult(0, 5), other.Import(all));
            Assert.Equal(new ImportResult(0, 10), other.Import([.. all, .. all]));
            Assert.Empty(other.Check(repair: false).Problems);
            Assert.Equal(Messages.TextsOf(all), Messages.TextsOf(other.Export(withDirects: true)));
        }

        await using var store = SqliteHistoryStore.Open(elsewhere.Path, new());
        Assert.Equal(["red apple", "green apple"], Messages.TextsOf(await store.ReadAsync(new(Messages.Room("main")), Token)));
        Assert.Equal(["psst", "what"], Messages.TextsOf(await store.ReadDirectAsync(new(Messages.User("Ann"), default), Messages.User("Bob"), new(default), Token)));
        Assert.Equal(2, (await store.SearchAsync(new(Messages.Room("main"), "apple"), Token)).Count);
        Assert.Equal((2, 2), (await store.LastNumberAsync(Messages.Room("main"), Token), await store.LastNumberAsync(default, Token)));
    }

    [Fact]
    public async Task While_a_server_runs_an_import_puts_back_what_is_missing_and_no_more()
    {
        var all = _admin.Export(withDirects: true).ToList();
        _admin.Forget(Messages.User("Ann"));

        Assert.Equal(new ImportResult(2, 3), _admin.Import(all));
        var error = Assert.Throws<HistoryException>(() => _admin.Import([Messages.Said("main", 3, "from tomorrow")]));

        Assert.Equal(
            "Number 3 in main is to come yet (the last is 2): while a server runs, only what is missing can be imported; stop it to import more",
            error.Message);
        _store.Append([Messages.Said("main", 3, "blue apple")]);
        _store.TidyUp();
        Assert.Equal(["red apple", "green apple", "blue apple"], Messages.TextsOf(await _store.ReadAsync(new(Messages.Room("main")), Token)));
        Assert.Equal(3, (await _store.SearchAsync(new(Messages.Room("main"), "apple"), Token)).Count);
    }

    [Fact]
    public void A_search_finds_what_the_server_finds() =>
        Assert.Equal(["green apple", "red apple"], Messages.TextsOf(_admin.Search(new(Messages.Room("main"), "apple"))));

    [Fact]
    public async Task Pruning_is_seen_by_the_server_at_once()
    {
        Assert.Equal(2, _admin.Prune(new Retention(TimeSpan.Zero, 1), Messages.Start));

        Assert.Equal(["green apple"], Messages.TextsOf(await _store.ReadAsync(new(Messages.Room("main")), Token)));
        Assert.Equal(["green apple"], Messages.TextsOf(await _store.SearchAsync(new(Messages.Room("main"), "apple"), Token)));
        _store.Append([Messages.Said("main", 3, "blue apple")]);
        Assert.Equal(["green apple", "blue apple"], Messages.TextsOf(await _store.ReadAsync(new(Messages.Room("main")), Token)));
    }

    [Fact]
    public async Task A_backup_is_a_history_as_it_was_and_the_server_goes_on()
    {
        using var elsewhere = new TemporaryDirectory();

        _admin.Backup(elsewhere.File);
        _store.Append([Messages.Said("main", 3, "blue apple")]);

        await using var backup = SqliteHistoryStore.Open(elsewhere.Path, new());
        Assert.Equal(["red apple", "green apple"], Messages.TextsOf(await backup.ReadAsync(new(Messages.Room("main")), Token)));
        Assert.Equal(2, (await backup.SearchAsync(new(Messages.Room("main"), "apple"), Token)).Count);
        var error = Assert.Throws<HistoryException>(() => _admin.Backup(elsewhere.File));
        Assert.Equal($"{elsewhere.File} is there already: name another file, or remove it", error.Message);
    }

    [Fact]
    public async Task Whoever_is_forgotten_leaves_no_trace_in_the_file()
    {
        _store.Append([Messages.Said("main", 3, "xylophone secret", "Bob"), .. Messages.Many("main", 4, 500, "some other words")]);
        _store.TidyUp();
        Assert.Contains("xylophone", await FileTextAsync(), StringComparison.Ordinal);

        Assert.Equal(4, _admin.Forget(Messages.User("bOB")));

        Assert.Empty(await _store.SearchAsync(new(Messages.Room("main"), "xylophone"), Token));
        Assert.Equal(["psst"], Messages.TextsOf(await _store.ReadDirectAsync(new(Messages.User("Ann"), default), Messages.User("Bob"), new(default), Token)));
        Assert.Empty(await _store.ReadAsync(new(Messages.Room("side")), Token));
        await _store.DisposeAsync();
        Assert.Empty(_admin.Check(repair: false).Problems);
        Assert.DoesNotContain("xylophone", await FileTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, _admin.Forget(Messages.User("Bob")));
    }

    [Fact]
    public async Task A_check_finds_a_damaged_search_index_and_makes_it_anew_when_no_server_runs()
    {
        _store.TidyUp();
        Assert.Equal((false, 0), (_admin.Check(repair: true).IndexChecked, _admin.Check(repair: true).Problems.Count));
        await _store.DisposeAsync();
        using (var other = Database.Open(_directory.File, readOnly: false, default))
        {
            other.Execute("UPDATE message SET text = 'blue plum' WHERE number = 2 AND recipient IS NULL");
        }

        Assert.Equal($"The search index in {_directory.File} is damaged: run `parley history check --repair`", Assert.Single(_admin.Check(repair: false).Problems));
        Assert.True(_admin.Check(repair: true) is { IndexRebuilt: true, Problems: [] });
        Assert.True(_admin.Check(repair: false) is { IndexRebuilt: false, IndexChecked: true, Problems: [] });
        Assert.Single(_admin.Search(new(Messages.Room("main"), "plum")));
    }

    [Fact]
    public void A_check_finds_messages_that_nothing_leads_to()
    {
        using (var other = Database.Open(_directory.File, readOnly: false, default))
        {
            other.Execute("DELETE FROM place; UPDATE room SET last_number = 0");
        }

        Assert.Equal(
            ["5 messages with a number that their room has not given", "3 messages that are not where their room looks for them"],
            _admin.Check(repair: false).Problems);
    }

    private async Task<string> FileTextAsync()
    {
        var text = new StringBuilder();
        foreach (var name in Directory.GetFiles(_directory.Path, "history.db*"))
        {
            await using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync(Token));
        }

        return text.ToString();
    }
}
