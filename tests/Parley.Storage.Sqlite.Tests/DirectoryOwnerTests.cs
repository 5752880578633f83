using System.Diagnostics;
using Parley.Core.Tokens;
using Parley.Storage.Sqlite.Admin;
using Parley.Storage.Sqlite.Tokens;

namespace Parley.Storage.Sqlite.Tests;

/// <summary>The server's user goes on with whatever root does in a data directory.</summary>
public sealed class DirectoryOwnerTests
{
    private const string Owner = "12345:23456";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Files_that_root_makes_belong_to_the_owner_of_the_directory()
    {
        using var folder = GivenAwayOrSkip();
        using (var tokens = SqliteTokens.OpenOrCreate(folder.Path))
        {
            await tokens.Tokens.AddAsync(new AccessToken(Messages.User("ci"), new TokenScopes { AllRooms = true }, Now), TokenSecret.Hash("secret"), TestContext.Current.CancellationToken);
            await using var accounts = SqliteAccountStore.Open(folder.Path);
            await using var history = SqliteHistoryStore.Open(folder.Path, new SqliteHistoryOptions { ReserveBytes = 4096 });
            history.Append(Messages.Many("main", 1, 1, "hello"));

            Assert.Equal(
                [
                    "accounts.db", "accounts.db-shm", "accounts.db-wal", "accounts.lock", "history.db", "history.db-shm", "history.db-wal", "history.reserve", "server.lock",
                    "tokens.db", "tokens.db-shm", "tokens.db-wal",
                ],
                Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.All(Directory.GetFiles(folder.Path), file => Assert.Equal(Owner, OwnerOf(file)));
        }
    }

    [Fact]
    public async Task Files_that_root_puts_back_belong_to_the_owner_of_the_directory_and_a_copy_to_root()
    {
        using var folder = GivenAwayOrSkip();
        using var other = new TemporaryDirectory();
        var backup = Path.Combine(folder.Path, "backup");
        await using (SqliteHistoryStore.Open(other.Path, new SqliteHistoryOptions()))
        {
            Directory.CreateDirectory(Path.Combine(other.Path, "files"));
            await File.WriteAllTextAsync(Path.Combine(other.Path, "files", "one"), "1", TestContext.Current.CancellationToken);
            DataBackup.Write(other.Path, backup);
        }

        Assert.All([backup, .. Directory.GetFileSystemEntries(backup, "*", SearchOption.AllDirectories)], path => Assert.Equal("0:0", OwnerOf(path)));
        DataBackup.Restore(backup, folder.Path, Now);
        DataBackup.Restore(backup, folder.Path, Now);
        Directory.Delete(backup, recursive: true);

        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(folder.Path, "files", "one"), TestContext.Current.CancellationToken));
        Assert.All(Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories), path => Assert.Equal(Owner, OwnerOf(path)));
    }

    private static TemporaryDirectory GivenAwayOrSkip()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root makes files for others");
        var folder = new TemporaryDirectory();
        Run("chown", Owner, folder.Path);
        return folder;
    }

    private static string OwnerOf(string path) => Run("stat", "-c", "%u:%g", path).TrimEnd();

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
