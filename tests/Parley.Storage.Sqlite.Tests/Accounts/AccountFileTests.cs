using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Rooms;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Tests.Accounts;

public sealed class AccountFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_directory.Path, "accounts.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task All_is_there_when_the_file_is_opened_again()
    {
        byte[] secret;
        await using (var store = SqliteAccountStore.Open(_directory.Path))
        {
            secret = (await store.SecretAsync(Token)).ToArray();
            await store.TryCreateAsync(Ann(), Token);
            await store.AddCertificateAsync(Messages.User("Ann"), CertificateFingerprint.Of("1"u8), Token);
            await store.SetValueAsync(new AccountId(7), "marker", "main", "7", Token);
        }

        await using var again = SqliteAccountStore.Open(_directory.Path);
        Assert.Equal(secret, (await again.SecretAsync(Token)).ToArray());
        Assert.Equal(Ann().Account, (await again.FindAsync(Messages.User("Ann"), Token))?.Account);
        Assert.Equal(Ann().Account, await again.FindByCertificateAsync(CertificateFingerprint.Of("1"u8), Token));
        Assert.Equal("7", await again.GetValueAsync(new AccountId(7), "marker", "main", Token));
    }

    [Fact]
    public async Task What_the_operator_does_beside_a_server_is_there_for_it_and_the_other_way_round()
    {
        await using var server = SqliteAccountStore.Open(_directory.Path);
        await using var beside = SqliteAccountStore.OpenBesideServer(_directory.Path, create: false);

        Assert.True(await beside.TryCreateAsync(Ann(), Token));
        Assert.NotNull(await server.FindAsync(Messages.User("Ann"), Token));
        Assert.True(await server.DeleteAsync(Messages.User("Ann"), Token));
        Assert.Null(await beside.FindAsync(Messages.User("Ann"), Token));
        Assert.Equal((await server.SecretAsync(Token)).ToArray(), (await beside.SecretAsync(Token)).ToArray());
    }

    [Fact]
    public async Task A_file_that_is_taken_away_or_replaced_is_told_and_changes_nothing_until_it_is_back()
    {
        await using var store = SqliteAccountStore.Open(_directory.Path);
        using var registry = SqliteRoomRegistry.Open(_directory.Path);
        var aside = File + ".aside";
        System.IO.File.Move(File, aside);
        var words = $"{File} was removed, moved away or replaced while the server was using it: put it back, or restart the server to begin with what is there";

        Assert.Equal(words, (await Assert.ThrowsAsync<AccountStoreException>(async () => await store.TryCreateAsync(Ann(), Token))).Message);
        Assert.Equal(words, Assert.Throws<RoomRegistryException>(() => registry.Remove(new RoomLife(1))).Message);
        System.IO.File.Copy(aside, File);
        Assert.Equal(words, (await Assert.ThrowsAsync<AccountStoreException>(async () => await store.FindAsync(Ann().Account.Name, Token))).Message);

        System.IO.File.Move(aside, File, overwrite: true);
        Assert.Null(await store.FindAsync(Ann().Account.Name, Token));
        Assert.True(await store.TryCreateAsync(Ann(), Token));
    }

    [Fact]
    public async Task A_second_server_in_the_directory_is_refused_until_the_first_is_gone()
    {
        await using (SqliteAccountStore.Open(_directory.Path))
        {
            var error = Assert.Throws<AccountStoreException>(() => SqliteAccountStore.Open(_directory.Path));
            Assert.Equal(
                $"Another server keeps its accounts in {_directory.Path}: stop that one, or use another data directory", error.Message);
        }

        await using (SqliteAccountStore.Open(_directory.Path))
        {
        }
    }

    [Fact]
    public async Task One_server_has_history_and_accounts_in_the_same_directory()
    {
        await using var history = SqliteHistoryStore.Open(_directory.Path, new());
        await using var accounts = SqliteAccountStore.Open(_directory.Path);

        history.Append([Messages.Said("main", 1, "a")]);
        Assert.True(await accounts.TryCreateAsync(Ann(), Token));
    }

    [Fact]
    public async Task Where_there_is_no_file_the_operator_is_told_so_unless_one_is_to_be_made()
    {
        var error = Assert.Throws<AccountStoreException>(() => SqliteAccountStore.OpenBesideServer(_directory.Path, create: false));
        Assert.Equal($"There are no accounts in {_directory.Path}: name the server's data directory with --data", error.Message);

        await using var store = SqliteAccountStore.OpenBesideServer(_directory.Path, create: true);
        Assert.Empty(await store.ListAsync(Token));
    }

    [Fact]
    public async Task A_file_that_another_program_locks_is_an_error_until_it_is_free_again()
    {
        await using (SqliteAccountStore.Open(_directory.Path))
        {
        }

        await using var store = SqliteAccountStore.Open(_directory.Path, null, TimeSpan.FromMilliseconds(1));
        using var other = Database.Open(File, FileKind.Accounts, readOnly: false, default);
        other.Execute("BEGIN IMMEDIATE");

        var error = await Assert.ThrowsAsync<AccountStoreException>(async () => await store.TryCreateAsync(Ann(), Token));

        Assert.Equal($"{File} is locked by another program: wait until it is done, or end it", error.Message);
        other.Execute("ROLLBACK");
        Assert.True(await store.TryCreateAsync(Ann(), Token));
    }

    [Fact]
    public async Task A_caller_is_not_blocked_while_the_file_is_locked()
    {
        await using (SqliteAccountStore.Open(_directory.Path))
        {
        }

        await using var store = SqliteAccountStore.Open(_directory.Path, null, TimeSpan.FromMinutes(1));
        using var other = Database.Open(File, FileKind.Accounts, readOnly: false, default);
        other.Execute("BEGIN IMMEDIATE");

        // Both come back at once, or this test would stand here for a minute.
        var creating = store.TryCreateAsync(Ann(), Token).AsTask();
        var finding = store.FindAsync(Messages.User("Ann"), Token).AsTask();
        Assert.False(creating.IsCompleted || finding.IsCompleted);
        other.Execute("ROLLBACK");

        Assert.True(await creating);
        Assert.NotNull(await finding);
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone_and_the_error_says_so()
    {
        DataFile.Create(File).Dispose();
        using (var other = Database.Open(File, FileKind.Accounts, readOnly: false, default))
        {
            other.Execute("CREATE TABLE recipe (title)");
        }

        var error = Assert.Throws<AccountStoreException>(() => SqliteAccountStore.Open(_directory.Path));
        Assert.Equal($"{File} is not a file of accounts: move it away, or use another data directory", error.Message);

        // The directory is free: whoever was refused holds nothing.
        System.IO.File.Delete(File);
        await using (SqliteAccountStore.Open(_directory.Path))
        {
        }
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_alone_and_the_error_says_so()
    {
        await using (SqliteAccountStore.Open(_directory.Path))
        {
        }

        using (var database = Database.Open(File, FileKind.Accounts, readOnly: false, default))
        {
            database.Execute("PRAGMA user_version = 999");
        }

        var error = Assert.Throws<AccountStoreException>(() => SqliteAccountStore.Open(_directory.Path));
        Assert.Equal(
            $"{File} was written by a newer Parley (schema 999, this one knows {FileKind.Accounts.LatestVersion}): start that one, or use another data directory",
            error.Message);
    }

    [Fact]
    public async Task A_removed_password_is_not_in_the_file_any_more()
    {
        var ann = Ann();
        await using (var store = SqliteAccountStore.Open(_directory.Path))
        {
            await store.TryCreateAsync(ann, Token);
            await store.DeleteAsync(ann.Account.Name, Token);
        }

        // Closing moves the log into the file.
        Assert.False(System.IO.File.Exists(File + "-wal"));
        Assert.DoesNotContain(ann.Password.ToString(), System.Text.Encoding.Latin1.GetString(await System.IO.File.ReadAllBytesAsync(File, Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_user_of_the_server_can_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps a user's directories to the user.");
            return;
        }

        await using var store = SqliteAccountStore.Open(_directory.Path);
        await store.TryCreateAsync(Ann(), Token);

        foreach (var name in new[] { "accounts.db", "accounts.db-wal", "accounts.db-shm" })
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(Path.Combine(_directory.Path, name)));
        }
    }

    private static AccountCredentials Ann() => new(
        new Account(new AccountId(7), Messages.User("Ann"), Messages.Start, "ann@example.org"), PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations));
}
