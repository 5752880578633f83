using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Files;
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
            Assert.Equal(new ImportResult(5, 0), other.Import(all, Messages.Start));
            Assert.Equal(new ImportResult(0, 5), other.Import(all, Messages.Start));
            Assert.Equal(new ImportResult(0, 10), other.Import([.. all, .. all], Messages.Start));
            Assert.Empty(other.Check(repair: false, Messages.Start).Problems);
            Assert.Equal(Messages.TextsOf(all), Messages.TextsOf(other.Export(withDirects: true)));
        }

        await using var store = SqliteHistoryStore.Open(elsewhere.Path, new());
        Assert.Equal(["red apple", "green apple"], Messages.TextsOf(await store.ReadAsync(new(Messages.Room("main")), Token)));
        Assert.Equal(["psst", "what"], Messages.TextsOf(await store.ReadDirectAsync(Messages.Asking("Ann"), new(Messages.User("Bob")), new(default), Token)));
        Assert.Equal(2, (await store.SearchAsync(new(Messages.Room("main"), "apple"), Token)).Entries.Count);
        Assert.Equal((2, 2), (await store.LastNumberAsync(Messages.Room("main"), Token), await store.LastNumberAsync(default, Token)));
    }

    [Fact]
    public async Task While_a_server_runs_an_import_puts_back_what_is_missing_and_no_more()
    {
        var all = _admin.Export(withDirects: true).ToList();
        _admin.Forget(Messages.User("Ann"));

        Assert.Equal(new ImportResult(2, 3), _admin.Import(all, Messages.Start));
        var error = Assert.Throws<HistoryException>(() => _admin.Import([Messages.Said("main", 3, "from tomorrow")], Messages.Start));

        Assert.Equal(
            "Number 3 in main is to come yet (the last is 2): while a server runs, only what is missing can be imported; stop it to import more",
            error.Message);
        _store.Append([Messages.Said("main", 3, "blue apple")]);
        _store.TidyUp();
        Assert.Equal(["red apple", "green apple", "blue apple"], Messages.TextsOf(await _store.ReadAsync(new(Messages.Room("main")), Token)));
        Assert.Equal(3, (await _store.SearchAsync(new(Messages.Room("main"), "apple"), Token)).Entries.Count);
    }

    [Fact]
    public void A_search_finds_what_the_server_finds() =>
        Assert.Equal(["green apple", "red apple"], Messages.TextsOf(_admin.Search(new(Messages.Room("main"), "apple")).Entries));

    [Fact]
    public async Task Pruning_is_seen_by_the_server_at_once()
    {
        Assert.Equal(2, _admin.Prune(new Retention(TimeSpan.Zero, 1), Messages.Start));

        Assert.Equal(["green apple"], Messages.TextsOf(await _store.ReadAsync(new(Messages.Room("main")), Token)));
        Assert.Equal(["green apple"], Messages.TextsOf((await _store.SearchAsync(new(Messages.Room("main"), "apple"), Token)).Entries));
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
        Assert.Equal(2, (await backup.SearchAsync(new(Messages.Room("main"), "apple"), Token)).Entries.Count);
        var error = Assert.Throws<HistoryException>(() => _admin.Backup(elsewhere.File));
        Assert.Equal($"{elsewhere.File} is there already: name another file, or remove it", error.Message);
    }

    [Fact]
    public async Task What_was_said_behind_rules_is_read_after_an_import_by_those_of_that_life_alone()
    {
        var life = RoomLife.Begin();
        _store.Append([Messages.Said("vault", 1, "open"), Messages.Said("vault", 2, "the secret") with { Life = life }]);
        using var elsewhere = new TemporaryDirectory();
        using (var other = SqliteHistoryAdmin.OpenOrCreate(elsewhere.Path))
        {
            other.Import(_admin.Export(), Messages.Start);
        }

        await using var store = SqliteHistoryStore.Open(elsewhere.Path, new());
        Assert.Equal(["open"], Messages.TextsOf(await store.ReadAsync(new(Messages.Room("vault")), Token)));
        Assert.Empty((await store.SearchAsync(new(Messages.Room("vault"), "secret"), Token)).Entries);
        Assert.Equal(["open"], Messages.TextsOf(await store.ReadAsync(new(Messages.Room("vault")) { Life = RoomLife.Begin() }, Token)));
        Assert.Equal(["open", "the secret"], Messages.TextsOf(await store.ReadAsync(new(Messages.Room("vault")) { Life = life }, Token)));
    }

    [Fact]
    public async Task A_renamed_room_is_exported_under_its_new_name_and_imported_with_its_former_ones()
    {
        _store.Append([Messages.Renamed("main", 3, "hall"), Messages.Said("hall", 4, "blue apple"), Messages.Said("main", 4, "anew")]);
        using var elsewhere = new TemporaryDirectory();
        using (var other = SqliteHistoryAdmin.OpenOrCreate(elsewhere.Path))
        {
            other.Import(_admin.Export(), Messages.Start);
        }

        Assert.Equal(["red apple", "green apple", "main hall", "blue apple"], Messages.TextsOf(_admin.Export(Messages.Room("hall"))));
        Assert.Equal(["anew"], Messages.TextsOf(_admin.Export(Messages.Room("main"))));
        await using var store = SqliteHistoryStore.Open(elsewhere.Path, new());
        Assert.Equal(["red apple", "green apple", "blue apple"], Messages.TextsOf(await store.ReadAsync(new(Messages.Room("hall")), Token)));
        Assert.Equal(["anew"], Messages.TextsOf(await store.ReadAsync(new(Messages.Room("main")), Token)));
        Assert.Equal(("main", 3L), Assert.Single((await store.FormerNamesAsync(Messages.Room("hall"), Token)).Select(name => (name.Name.Value, name.LastNumber))));
    }

    [Fact]
    public async Task A_room_keeps_its_former_names_when_whoever_renamed_it_is_forgotten()
    {
        _store.Append([Messages.Renamed("main", 3, "hall", "Zacharias")]);
        _store.TidyUp();

        Assert.Equal(0, _admin.Forget(Messages.User("zacharias")));

        Assert.Equal("main", Assert.Single(await _store.FormerNamesAsync(Messages.Room("hall"), Token)).Name.Value);
        Assert.Equal(["red apple", "green apple"], Messages.TextsOf(await _store.ReadAsync(new(Messages.Room("hall")), Token)));
        await _store.DisposeAsync();
        Assert.DoesNotContain("Zacharias", await FileTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_forgotten_leaves_no_trace_in_the_file()
    {
        _store.Append([Messages.Said("main", 3, "xylophone secret", "Bob"), .. Messages.Many("main", 4, 500, "some other words")]);
        _store.TidyUp();
        Assert.Contains("xylophone", await FileTextAsync(), StringComparison.Ordinal);

        Assert.Equal(4, _admin.Forget(Messages.User("bOB")));

        Assert.Empty((await _store.SearchAsync(new(Messages.Room("main"), "xylophone"), Token)).Entries);
        Assert.Equal(["psst"], Messages.TextsOf(await _store.ReadDirectAsync(Messages.Asking("Ann"), new(Messages.User("Bob")), new(default), Token)));
        Assert.Empty(await _store.ReadAsync(new(Messages.Room("side")), Token));
        await _store.DisposeAsync();
        Assert.Empty(_admin.Check(repair: false, Messages.Start).Problems);
        Assert.DoesNotContain("xylophone", await FileTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, _admin.Forget(Messages.User("Bob")));
    }

    [Fact]
    public void Whoever_is_forgotten_links_to_files_that_are_removed_before_the_messages()
    {
        var (ann, bob) = (Identity.Restore(17), Identity.OfGuest(3));
        var (first, second, quoted) = (FileId.New(), FileId.New(), FileId.New());
        _store.Append([
            Messages.Said("main", 3, $"https://chat.example/files/{first}/a.txt and /files/{second}", "Eve") with { AuthorId = ann },
            Messages.Said("main", 4, $"> /files/{quoted}", "eve") with { AuthorId = bob },
            Messages.Said("main", 5, $"/files/{FileId.New()} of before that was kept", "eve"),
            Messages.Said("main", 6, $"/files/{FileId.New()} somebody else's", "Ann") with { AuthorId = ann },
        ]);
        var files = new List<(FileId, Identity)>();
        Assert.Throws<FileStoreException>(() => _admin.Forget(Messages.User("eve"), (_, _) => throw new FileStoreException("no disk")));

        Assert.Equal(3, _admin.Forget(Messages.User("eve"), (file, author) => files.Add((file, author))));

        Assert.Equal([(first, ann), (second, ann), (quoted, bob)], files);
    }

    [Fact]
    public async Task A_check_finds_a_damaged_search_index_and_makes_it_anew_when_no_server_runs()
    {
        _store.TidyUp();
        Assert.Equal((false, 0), (_admin.Check(repair: true, Messages.Start).IndexChecked, _admin.Check(repair: true, Messages.Start).Problems.Count));
        await _store.DisposeAsync();
        using (var other = Database.Open(_directory.File, readOnly: false, default))
        {
            other.Execute("UPDATE message SET text = 'blue plum' WHERE number = 2 AND recipient IS NULL");
        }

        Assert.Equal($"The search index in {_directory.File} is damaged: run `parley history check --repair`", Assert.Single(_admin.Check(repair: false, Messages.Start).Problems));
        Assert.True(_admin.Check(repair: true, Messages.Start) is { IndexRebuilt: true, Problems: [] });
        Assert.True(_admin.Check(repair: false, Messages.Start) is { IndexRebuilt: false, IndexChecked: true, Problems: [] });
        Assert.Single(_admin.Search(new(Messages.Room("main"), "plum")).Entries);
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
            _admin.Check(repair: false, Messages.Start).Problems);
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
