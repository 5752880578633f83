using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Hooks;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Core.Push;
using Parley.Core.Rooms;
using Parley.Core.Tokens;
using Parley.Storage.PostgreSql.Schema;
using Parley.Storage.PostgreSql.Tests.Accounts;
using Parley.Storage.Sqlite;
using Parley.Storage.Sqlite.Admin;
using Parley.Storage.Sqlite.Tokens;

namespace Parley.Storage.PostgreSql.Tests;

/// <summary>Accounts and all that belongs to them go from SQLite to PostgreSQL and back, and are the same.</summary>
public sealed class AccountArchiveTests(PostgreSqlServer server) : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ArchivePart[] Parts = Enum.GetValues<ArchivePart>();

    private readonly string _directory = Directory.CreateTempSubdirectory("parley-move-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string First => Path.Combine(_directory, "first");

    private string Second => Path.Combine(_directory, "second");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Everything_goes_both_ways_row_by_row()
    {
        var address = server.NewDatabase();
        await FillAsync(First);

        using var source = SqliteAccountArchive.Open(First, create: false);
        using (var database = PostgreSqlAccountArchive.Open(address))
        {
            Move(source, database);
            using var back = SqliteAccountArchive.Open(Second, create: true);
            Move(database, back);

            foreach (var part in Parts)
            {
                var rows = source.Export(part).ToList();
                Assert.Equal(rows, database.Export(part));
                Assert.Equal(rows, back.Export(part));
            }

            // Each table is filled: none is left out by both.
            string[] tables =
            [
                "account", "answer", "audit", "ban", "certificate", "device", "hook", "invitation", "mail_code", "number", "outside_identity", "passkey", "push_key",
                "push_place", "push_subscription", "registration", "registration_role", "registration_setting", "registration_value", "secret", "ssh_key", "token", "value",
            ];
            Assert.Equal(tables, Parts.SelectMany(database.Export).Select(row => row.Table).Distinct().Order(StringComparer.Ordinal));
        }

        await using var served = PostgreSqlDatabase.Open(address);
        await MustBeServedAsync(served.Accounts, served.Devices, served.Invitations, served.Passkeys, served.Tokens);
        using var rooms = served.OpenRooms();
        Assert.Equal("attic", Assert.Single(rooms.Load()).Name.Value);
    }

    [Fact]
    public async Task Every_column_of_its_tables_is_taken_along()
    {
        var address = server.NewDatabase();
        await using (PostgreSqlDatabase.Open(address))
        {
        }

        var taken = string.Join(',', ArchiveTable.All.SelectMany(table => table.ColumnNames.Select(column => $"{table.Name}.{column}")).Order(StringComparer.Ordinal));
        var tables = string.Join(", ", ArchiveTable.All.Select(table => $"'{table.Name}'"));
        Assert.Equal(taken, server.Ask(
            address.Database,
            $"""
            SELECT string_agg(table_name || '.' || column_name, ',' ORDER BY (table_name || '.' || column_name) COLLATE "C")
            FROM information_schema.columns WHERE table_schema = 'parley' AND table_name IN ({tables})
            """));

        // What belongs to an account, and is in no list above.
        Assert.Equal(0L, server.Ask(
            address.Database,
            $"""
            SELECT count(*) FROM pg_constraint
            WHERE contype = 'f' AND confrelid IN ('account'::regclass, 'registration'::regclass) AND conrelid::regclass::text NOT IN ({tables})
            """));
    }

    [Fact]
    public async Task What_was_moved_back_to_files_is_served_from_there()
    {
        var address = server.NewDatabase();
        await FillAsync(First);
        using (var source = SqliteAccountArchive.Open(First, create: false))
        using (var database = PostgreSqlAccountArchive.Open(address))
        using (var back = SqliteAccountArchive.Open(Second, create: true))
        {
            Move(source, database);
            Move(database, back);
        }

        await using var store = SqliteAccountStore.Open(Second);
        using var tokens = SqliteTokens.Watch(Second);
        await MustBeServedAsync(store, store, store, store, tokens.Tokens);
    }

    [Fact]
    public async Task A_store_with_accounts_of_its_own_is_refused_and_stays_as_it_is()
    {
        var address = server.NewDatabase();
        await using (var other = PostgreSqlDatabase.Open(address))
        {
            await other.MakeAsync("Zoe");
            await other.Hooks.AddAsync(new WebHook(new Uri("http://localhost/"), "s", Noon), Token);
        }

        await FillAsync(First);
        using var source = SqliteAccountArchive.Open(First, create: false);
        using var database = PostgreSqlAccountArchive.Open(address);
        var before = Parts.SelectMany(database.Export).ToList();

        foreach (var part in Parts)
        {
            Assert.EndsWith("already: name an empty database", Assert.Throws<AccountStoreException>(() => database.Import(part, source.Export(part))).Message, StringComparison.Ordinal);
            Assert.EndsWith("already: name an empty directory", Assert.Throws<AccountStoreException>(() => source.Import(part, database.Export(part))).Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Parts.SelectMany(database.Export));
    }

    [Fact]
    public async Task A_move_that_breaks_off_leaves_nothing()
    {
        var address = server.NewDatabase();
        await FillAsync(First);
        using var source = SqliteAccountArchive.Open(First, create: false);
        using var database = PostgreSqlAccountArchive.Open(address);
        using var files = SqliteAccountArchive.Open(Second, create: true);

        foreach (var target in new IAccountArchive[] { database, files })
        {
            foreach (var part in Parts)
            {
                Assert.Throws<AccountStoreException>(() => target.Import(part, BrokenOff(source.Export(part))));
                Assert.Empty(target.Export(part));
            }

            Move(source, target);
            Assert.Equal(source.Export(ArchivePart.Accounts), target.Export(ArchivePart.Accounts));
        }
    }

    [Fact]
    public async Task Secrets_of_a_store_that_has_nothing_else_give_way()
    {
        var address = server.NewDatabase();
        await FillAsync(First);
        await using (var other = PostgreSqlDatabase.Open(address))
        {
            await other.Accounts.SecretAsync(Token);
            await other.Pushes.KeyAsync("another", Token);
        }

        using var source = SqliteAccountArchive.Open(First, create: false);
        using var database = PostgreSqlAccountArchive.Open(address);
        Move(source, database);

        Assert.Equal(source.Export(ArchivePart.Accounts), database.Export(ArchivePart.Accounts));
    }

    [Fact]
    public async Task While_a_server_runs_nothing_is_moved()
    {
        var address = server.NewDatabase();
        await using var served = PostgreSqlDatabase.Open(address);
        using (var rooms = served.OpenRooms())
        {
            rooms.Load();
            Assert.Equal($"A server is running with {address}: stop it first", Assert.Throws<AccountStoreException>(() => PostgreSqlAccountArchive.Open(address)).Message);
        }

        await using (SqliteAccountStore.Open(First))
        {
            Assert.Equal($"A server is running with {First}: stop it first", Assert.Throws<AccountStoreException>(() => SqliteAccountArchive.Open(First, create: false)).Message);
        }

        using (PostgreSqlAccountArchive.Open(address))
        using (var rooms = served.OpenRooms())
        {
            Assert.Throws<RoomRegistryException>(() => rooms.Load());
        }
    }

    [Fact]
    public void A_directory_without_accounts_is_told()
        => Assert.Equal(
            $"There are no accounts in {_directory}: name the server's data directory",
            Assert.Throws<AccountStoreException>(() => SqliteAccountArchive.Open(_directory, create: false)).Message);

    private static void Move(IAccountArchive source, IAccountArchive target)
    {
        foreach (var part in Parts)
        {
            target.Import(part, source.Export(part));
        }
    }

    private static IEnumerable<ArchiveRow> BrokenOff(IEnumerable<ArchiveRow> rows)
    {
        foreach (var row in rows.Take(3))
        {
            yield return row;
        }

        throw new AccountStoreException("The source cannot be read any more");
    }

    private static async Task MustBeServedAsync(IAccountStore accounts, IDeviceStore devices, IInvitationStore invitations, IPasskeyStore passkeys, ITokenStore tokens)
    {
        var ann = (await accounts.FindAsync(MadeAccounts.Name("ann"), Token))!;
        Assert.True(ann.Password.Matches("correct horse"));
        Assert.Equal("7", await accounts.GetValueAsync(ann.Account.Id, "marker", "#tea\0", Token));
        Assert.Equal(ann.Account.Id, (await accounts.FindLookAlikeAsync(MadeAccounts.Name("ΑΝΝ"), Token))?.Id);
        Assert.Equal("phone", (await devices.FindAsync("hash", Token))!.Name);
        Assert.NotNull(await tokens.FindAsync(TokenSecret.Hash("one"), Token));
        Assert.NotNull(await passkeys.FindAsync(new byte[] { 1, 0, 255 }, Token));

        // The one that was removed had the last number, which does not come again.
        Assert.Equal(3, (await invitations.AddAsync(new ServerInvitation("third", "ann", Noon, 1), Token)).Id);
        Assert.Equal(2, (await tokens.AddAsync(new AccessToken(MadeAccounts.Name("CD"), new TokenScopes { Status = true }, Noon), TokenSecret.Hash("two"), Token))!.Id);
    }

    private static async Task FillAsync(string directory)
    {
        await using var store = SqliteAccountStore.Open(directory);
        var ann = new Account(AccountId.New(), MadeAccounts.Name("Ann"), Noon, "ann@example.org", IsEmailProven: true);
        var bob = MadeAccounts.Credentials("Bob").Account;
        Assert.True(await store.TryCreateAsync(new AccountCredentials(ann, PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations)), Token));
        Assert.True(await store.TryCreateAsync(new AccountCredentials(bob, PasswordVerifier.WithoutPassword(PasswordVerifier.MinIterations)), Token));
        Assert.True(CertificateFingerprint.TryParse(new string('a', 64), out var certificate));
        Assert.True(OutsideIdentity.TryCreate("https://id.example", "sübject", out var identity));
        Assert.True(SshKey.TryRestore("SHA256:" + new string('A', 43), "ann@laptop", out var key));
        Assert.True(await store.AddCertificateAsync(ann.Name, certificate, Token));
        Assert.True(await store.AddOutsideAsync(ann.Name, identity, Token));
        Assert.True(await store.AddSshKeyAsync(bob.Name, key, Token));
        await store.SetValueAsync(ann.Id, "marker", "#tea\0", "7", Token);
        await store.SetValueAsync(ann.Id, "marker", "#Tea", "", Token);
        await store.SetValueAsync(bob.Id, "waiting", "1", "x", Token);
        await ((IMailCodeStore)store).AddAsync(
            new MailCode("code", MailCodeKind.Registration, MadeAccounts.Name("Cyd"), "cyd@example.org", Noon.AddHours(1))
            {
                Password = PasswordVerifier.WithoutPassword(PasswordVerifier.MinIterations),
                Invitation = "first",
            },
            Noon, 10, Token);
        await ((IInvitationStore)store).AddAsync(new ServerInvitation("first", "ann", Noon, 2) { Expires = Noon.AddDays(1), Note = "a\0b" }, Token);
        await ((IInvitationStore)store).RemoveAsync((await ((IInvitationStore)store).AddAsync(new ServerInvitation("second", "ann", Noon, 1), Token)).Id, Token);
        await ((IDeviceStore)store).AddAsync(new Device(ann.Id, "hash", "phone", Noon, Noon, Noon.AddDays(9)) { Outside = "https://id.example 7" }, 5, Token);
        await ((IPasskeyStore)store).AddAsync(new Passkey(ann.Id, new byte[] { 1, 0, 255 }, new byte[] { 9, 0 }, "key", Noon) { SignCount = uint.MaxValue }, 5, Token);
        IPushStore pushes = store;
        await pushes.KeyAsync("private", Token);
        await pushes.SetAsync(new PushSubscription(ann.Id, "https://push.example/1", "p", "s", "a b", Noon), 5, Token);
        await pushes.SetPlaceAsync(ann.Id, new LastPlace(ann.Name, "ann", "host", [RoomLife.Begin()]), Token);
        await ((IBanStore)store).SetAsync(new Ban(BanSubject.OfMask("*!*@b"), "Ann", Noon) { Until = Noon.AddDays(1), Reason = "zu laut\0" }, Token);
        await ((IBanStore)store).SetAsync(new Ban(BanSubject.Of(bob.Id, bob.Name), "Ann", Noon), Token);
        await ((IAuditStore)store).AppendAsync([new AuditEntry(Noon, "Ann", "ban") { Account = ann.Id.Value, Subject = "*!*@b" }, new AuditEntry(Noon, "root", "account")], 10, Token);
        using (var rooms = SqliteRoomRegistry.Open(directory))
        {
            Assert.True(RoomName.TryParse("attic", out var attic));
            rooms.Save(new RegisteredRoom(attic, RoomLife.Begin(), Noon, new RoomRegistration(ann.Proven, Noon) { Roles = [new(bob.Proven, MemberRank.Operator, Noon)] })
            {
                Topic = new RoomTopic("tea", "Ann", Noon),
                Settings = [new(RoomMode.Secret), new(RoomMode.Ban, "*!*@b", "Ann", Noon) { Until = Noon.AddDays(1), Reason = "loud" }],
                Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["url"] = "https://example.org", ["a"] = "b" },
            });
        }

        using var tokens = SqliteTokens.OpenOrCreate(directory);
        await tokens.Tokens.AddAsync(new AccessToken(MadeAccounts.Name("CI"), new TokenScopes { AllRooms = true }, Noon) { Expires = Noon.AddDays(1) }, TokenSecret.Hash("one"), Token);
        await tokens.Answers.AddAsync(new RememberedAnswer(1, "key\0", TokenSecret.Hash("x"), Noon, Encoding.UTF8.GetBytes("{}")), Token);
        await tokens.Hooks.AddAsync(new WebHook(new Uri("http://localhost/"), "s", Noon) { Mentions = ["a", "ö"] }, Token);
    }
}
