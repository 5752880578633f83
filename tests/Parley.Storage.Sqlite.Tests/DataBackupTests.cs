using Parley.Core.History;
using Parley.Storage.Sqlite.Admin;

namespace Parley.Storage.Sqlite.Tests;

/// <summary>Uploaded files go with a backup. What it does with databases is tested with the built program.</summary>
public sealed class DataBackupTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Uploaded_files_are_copied_and_put_back_and_those_of_before_are_kept_beside()
    {
        using var folder = new TemporaryDirectory();
        var (data, backup) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "backup"));
        await using (SqliteHistoryStore.Open(data, new SqliteHistoryOptions()))
        {
            Write(data, ("one", "1"), ("one.json", "{}"), ("two.part", "half"));
            Assert.Contains(Path.Combine(backup, "files"), DataBackup.Write(data, backup));
            Write(data, ("three", "3"));
        }

        Assert.Equal(["one", "one.json"], Names(Path.Combine(backup, "files")));
        var before = DataBackup.Restore(backup, data, Now)!;

        Assert.Equal(["one", "one.json"], Names(Path.Combine(data, "files")));
        Assert.Equal("1", File.ReadAllText(Path.Combine(data, "files", "one")));
        Assert.Equal(["one", "one.json", "three", "two.part"], Names(Path.Combine(before, "files")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data, "files", "one")));
        }
    }

    [Fact]
    public async Task A_link_among_the_files_is_not_followed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("links take a privilege on Windows");
        }

        using var folder = new TemporaryDirectory();
        var (data, backup, secret) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "backup"), Path.Combine(folder.Path, "secret"));
        await using (SqliteHistoryStore.Open(data, new SqliteHistoryOptions()))
        {
            await File.WriteAllTextAsync(secret, "of somebody else", TestContext.Current.CancellationToken);
            Write(data, ("one", "1"), ("one.json", "{}"));
            File.CreateSymbolicLink(Path.Combine(data, "files", "two"), secret);
            DataBackup.Write(data, backup);
        }

        Assert.Equal(["one", "one.json"], Names(Path.Combine(backup, "files")));
    }

    [Fact]
    public async Task A_backup_of_before_there_were_files_puts_none_back()
    {
        using var folder = new TemporaryDirectory();
        var (data, backup) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "backup"));
        await using (SqliteHistoryStore.Open(data, new SqliteHistoryOptions()))
        {
            Assert.DoesNotContain(Path.Combine(backup, "files"), DataBackup.Write(data, backup));
        }

        Write(data, ("one", "1"));
        var before = DataBackup.Restore(backup, data, Now)!;

        Assert.False(Directory.Exists(Path.Combine(data, "files")));
        Assert.Equal(["one"], Names(Path.Combine(before, "files")));
    }

    [Theory]
    [InlineData("history.db")]
    [InlineData("files/one")]
    public async Task A_backup_that_is_not_whole_or_was_changed_is_refused_and_changes_nothing(string name)
    {
        using var folder = new TemporaryDirectory();
        var (data, backup) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "backup"));
        await using (SqliteAccountStore.Open(data))
        await using (SqliteHistoryStore.Open(data, new SqliteHistoryOptions()))
        {
            Write(data, ("one", "1"));
            DataBackup.Write(data, backup);
        }

        var file = Path.Combine(backup, name);
        await File.AppendAllTextAsync(file, "x", TestContext.Current.CancellationToken);
        Assert.Equal($"{file} is damaged, or was changed after the backup: nothing has changed", Assert.Throws<BackupException>(() => DataBackup.Restore(backup, data, Now)).Message);
        File.Delete(file);
        Assert.Equal($"{backup} is not all of the backup: {name} is missing: nothing has changed", Assert.Throws<BackupException>(() => DataBackup.Restore(backup, data, Now)).Message);
        Assert.True(File.Exists(Path.Combine(data, "accounts.db")));
        Assert.Empty(Directory.GetDirectories(data, "before-restore*"));
    }

    [Fact]
    public async Task A_copy_that_finds_no_room_names_its_own_disk_and_leaves_nothing()
    {
        using var disk = SmallDisk.MountOrSkip();
        using var folder = new TemporaryDirectory();
        await using (var store = SqliteHistoryStore.Open(folder.Path, new SqliteHistoryOptions()))
        {
            store.Append(Messages.Many("main", 1, 100, new string('x', 400)));
            disk.Fill();
            var (copy, file) = (Path.Combine(disk.Path, "copy"), Path.Combine(disk.Path, "copy.db"));
            using var admin = SqliteHistoryAdmin.Open(folder.Path);

            Assert.Equal($"{copy} cannot be written: there is no room on its disk", Assert.Throws<BackupException>(() => DataBackup.Write(folder.Path, copy)).Message);
            Assert.Equal($"{file} cannot be written: there is no room on its disk", Assert.Throws<HistoryException>(() => admin.Backup(file)).Message);
            Assert.Equal(["filler"], Directory.GetFileSystemEntries(disk.Path).Select(Path.GetFileName));
        }
    }

    [Fact]
    public async Task A_restore_that_finds_no_room_leaves_the_data_as_it_was()
    {
        using var disk = SmallDisk.MountOrSkip();
        using var folder = new TemporaryDirectory();
        var (data, backup) = (Path.Combine(disk.Path, "data"), Path.Combine(folder.Path, "backup"));
        await using (var store = SqliteHistoryStore.Open(data, new SqliteHistoryOptions { ReserveBytes = 0 }))
        {
            store.Append(Messages.Many("main", 1, 100, new string('x', 400)));
            DataBackup.Write(data, backup);
        }

        // Their locks, which a restore takes.
        await (SqliteAccountStore.Open(data)).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(data, "tokens.lock"), "", TestContext.Current.CancellationToken);
        var before = Directory.GetFileSystemEntries(data).Order(StringComparer.Ordinal);
        disk.Fill();

        Assert.StartsWith($"{data} cannot be written: ", Assert.Throws<BackupException>(() => DataBackup.Restore(backup, data, Now)).Message, StringComparison.Ordinal);

        Assert.Equal(before, Directory.GetFileSystemEntries(data).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_copy_that_is_being_written_is_left_alone_by_another()
    {
        using var folder = new TemporaryDirectory();
        var (data, backup) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "backup"));
        await using (SqliteHistoryStore.Open(data, new SqliteHistoryOptions()))
        {
            await using (new FileStream(backup + ".partial.lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                Assert.Equal(
                    $"Another backup is being written to {backup}: wait until it is done, or name another directory",
                    Assert.Throws<BackupException>(() => DataBackup.Write(data, backup)).Message);
            }

            DataBackup.Write(data, backup);
            Assert.Equal(["backup", "data"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
    }

    private static void Write(string data, params (string Name, string Content)[] files)
    {
        Directory.CreateDirectory(Path.Combine(data, "files"));
        foreach (var (name, content) in files)
        {
            File.WriteAllText(Path.Combine(data, "files", name), content);
        }
    }

    private static IEnumerable<string> Names(string folder) => Directory.GetFiles(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
}
