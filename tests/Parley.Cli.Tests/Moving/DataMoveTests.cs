using System.Text;
using Parley.Cli.Moving;
using Parley.Cli.Terminal;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Storage.Sqlite;
using Parley.Storage.Sqlite.Admin;
using Parley.Storage.Sqlite.Tokens;

namespace Parley.Cli.Tests.Moving;

/// <summary>What a server keeps goes to a store that has nothing else, and goes on after an interruption.</summary>
public sealed class DataMoveTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-move-").FullName;
    private readonly StringWriter _terminal = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string From => Path.Combine(_folder, "from");

    private string To => Path.Combine(_folder, "to");

    public void Dispose()
    {
        _terminal.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_move_that_was_interrupted_among_the_messages_goes_on_from_there()
    {
        await FillAsync(From, messages: 2_500);
        Assert.Throws<HistoryException>(() => Move(history => new BreakingArchive(history, after: 1_500)));
        Assert.Equal(1_000, CountOf(To));

        Assert.Equal(new MovedData(To, Accounts: 1, Rooms: 0, Bans: 0, Tokens: 1, Hooks: 0, Messages: 2_500, MessagesPresent: 1_000), Move());

        Assert.Equal(2_500, CountOf(To));
        Assert.Equal(2_500, Move().MessagesPresent);
    }

    [Fact]
    public async Task The_numbers_of_rooms_whose_messages_are_gone_go_along()
    {
        await FillAsync(From, messages: 3);
        using (var admin = SqliteHistoryAdmin.Open(From))
        {
            admin.RaiseNumbers([new LastNumber(Room("gone"), 9)]);
        }

        Move();

        using var moved = SqliteHistoryAdmin.Open(To);
        Assert.Equal([("gone", 9L), ("main", 3)], moved.LastNumbers().Where(each => !each.Room.IsEmpty).Select(each => (each.Room.Value, each.Number)).Order());
    }

    [Fact]
    public async Task A_store_with_messages_of_its_own_is_refused_before_anything_has_changed()
    {
        await FillAsync(From, messages: 3);
        await using (var other = SqliteHistoryStore.Open(To, new()))
        {
            other.Append([Said(1, "another server's")]);
        }

        var error = Assert.Throws<HistoryException>(() => Move());

        Assert.Equal($"{Path.Combine(To, "history.db")} has messages that did not come from {Path.Combine(From, "history.db")}: name one that has none", error.Message);
        Assert.Equal(1, CountOf(To));
        using var accounts = SqliteAccountArchive.Open(To, create: false);
        Assert.Empty(accounts.Export(ArchivePart.Accounts));
    }

    [Fact]
    public async Task More_messages_than_the_source_has_are_somebody_elses_too()
    {
        await FillAsync(From, messages: 3);
        Move();
        await using (var served = SqliteHistoryStore.Open(To, new()))
        {
            served.Append([Said(4, "said since")]);
        }

        Assert.Throws<HistoryException>(() => Move());
        Assert.Equal(4, CountOf(To));
    }

    [Fact]
    public async Task A_store_with_accounts_of_its_own_is_refused_before_anything_has_changed()
    {
        await FillAsync(From, messages: 3);
        await FillAsync(To, messages: 0);

        var error = Assert.Throws<AccountStoreException>(() => Move());

        Assert.Equal($"{To} has accounts or bans of its own: name a directory or a database that has none", error.Message);
        Assert.Equal(0, CountOf(To));
    }

    [Fact]
    public async Task A_terminal_is_shown_how_far_it_is()
    {
        await FillAsync(From, messages: 3);
        using var progress = new ProgressLine(_terminal, new StridingTime());

        Move(progress: progress);

        Assert.Contains("\r\e[K1 message moved\r\e[K2 messages moved\r\e[K3 messages moved", _terminal.ToString(), StringComparison.Ordinal);
    }

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    private static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    private static HistoryEntry Said(long number, string text)
        => new(Room("main"), number, Start.AddSeconds(number), User("Ann"), default, MessageKind.Text, Encoding.UTF8.GetBytes(text));

    private static int CountOf(string directory)
    {
        using var admin = SqliteHistoryAdmin.OpenOrCreate(directory);
        return admin.Export(withDirects: true).Count();
    }

    private static async Task FillAsync(string directory, int messages)
    {
        await using (var accounts = SqliteAccountStore.Open(directory))
        {
            Assert.True(await accounts.TryCreateAsync(
                new AccountCredentials(new Account(AccountId.New(), User("Ann"), Start), PasswordVerifier.WithoutPassword(PasswordVerifier.MinIterations)), Token));
        }

        using (var tokens = SqliteTokens.OpenOrCreate(directory))
        {
            await tokens.Tokens.AddAsync(new AccessToken(User("CI"), new TokenScopes { AllRooms = true }, Start), TokenSecret.Hash("one"), Token);
        }

        if (messages > 0)
        {
            await using var history = SqliteHistoryStore.Open(directory, new());
            history.Append([.. Enumerable.Range(1, messages).Select(i => Said(i, $"message {i}"))]);
        }
    }

    private MovedData Move(Func<IHistoryArchive, IHistoryArchive>? wrap = null, ProgressLine? progress = null)
    {
        using var source = SqliteAccountArchive.Open(From, create: false);
        using var target = SqliteAccountArchive.Open(To, create: true);
        using var opened = SqliteHistoryAdmin.Open(From);
        using var silent = new ProgressLine(null);
        return DataMove.Run(source, target, wrap?.Invoke(opened) ?? opened, () => SqliteHistoryAdmin.OpenOrCreate(To), Start.AddDays(1), progress ?? silent);
    }

    /// <summary>A history that cannot be read to its end.</summary>
    private sealed class BreakingArchive(IHistoryArchive inner, int after) : IHistoryArchive
    {
        public string Location => inner.Location;

        public IEnumerable<HistoryEntry> Export(RoomName room = default, bool withDirects = false)
        {
            foreach (var entry in inner.Export(room, withDirects).Take(after))
            {
                yield return entry;
            }

            throw new HistoryException("It broke off");
        }

        public ImportResult Import(IEnumerable<HistoryEntry> entries, DateTimeOffset now) => inner.Import(entries, now);

        public IReadOnlyList<LastNumber> LastNumbers() => inner.LastNumbers();

        public void RaiseNumbers(IReadOnlyList<LastNumber> numbers) => inner.RaiseNumbers(numbers);

        public void Dispose() => inner.Dispose();
    }

    /// <summary>A clock that goes on by a second whenever it is looked at.</summary>
    private sealed class StridingTime : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds++;
    }
}
