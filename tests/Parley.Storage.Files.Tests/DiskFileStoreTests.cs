using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Files;

namespace Parley.Storage.Files.Tests;

public sealed class DiskFileStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("parley-files-");

    [Fact]
    public void A_file_that_was_kept_is_there_after_a_restart_with_all_that_is_known_of_it()
    {
        var file = Keep(DiskFileStore.Open(_data.FullName), "hello", preview: "small") with { };

        var store = DiskFileStore.Open(_data.FullName);

        Assert.Equal(file, store.Find(file.Id));
        Assert.Equal(file, Assert.Single(store.List()));
        Assert.Equal("hello", Text(store, file.Id, FilePart.Content));
        Assert.Equal("small", Text(store, file.Id, FilePart.Preview));
    }

    [Fact]
    public void What_is_not_kept_leaves_nothing_behind()
    {
        var store = DiskFileStore.Open(_data.FullName);
        FileId id;
        using (var draft = store.Begin())
        {
            id = draft.Id;
            draft.Content.Write("half"u8);
            Assert.Null(store.Find(id));
        }

        Assert.Null(store.Open(id, FilePart.Content));
        Assert.Empty(Files());
    }

    [Fact]
    public void What_a_crash_has_left_of_an_upload_is_removed_and_what_is_being_uploaded_is_not()
    {
        var store = DiskFileStore.Open(_data.FullName);
        var kept = Keep(store, "kept", preview: "");
        var (partial, bare) = (FileId.New(), FileId.New());
        File.WriteAllText(Path.Combine(store.Location, partial + ".part"), "cut off");
        File.WriteAllText(Path.Combine(store.Location, bare.Value), "nothing is known of it");
        File.WriteAllText(Path.Combine(store.Location, "README"), "somebody else's");
        using var draft = store.Begin();
        draft.Content.Write("on its way"u8);

        Assert.Equal(kept, Assert.Single(store.List()));

        Assert.Equivalent(new[] { "README", $"{kept.Id}", $"{kept.Id}.json", $"{draft.Id}.part" }, Files(), strict: true);
    }

    [Fact]
    public void Whoever_reads_a_file_reads_it_to_its_end_when_it_is_removed()
    {
        var store = DiskFileStore.Open(_data.FullName);
        var file = Keep(store, "hello", preview: "small");
        using var reading = store.Open(file.Id, FilePart.Content)!;

        store.Remove(file.Id);

        Assert.Equal("hello", new StreamReader(reading, Encoding.UTF8).ReadToEnd());
        Assert.Null(store.Find(file.Id));
        Assert.Null(store.Open(file.Id, FilePart.Preview));
        Assert.Empty(Files());
    }

    [Fact]
    public void What_is_known_of_a_file_changes_and_that_of_a_removed_one_does_not_come_back()
    {
        var store = DiskFileStore.Open(_data.FullName);
        var file = Keep(store, "hello", preview: "");
        var said = file with { Use = FileUse.Said, UsedSince = Now.AddHours(1) };

        store.Update(said);
        Assert.Equal(said, store.Find(file.Id));

        store.Remove(file.Id);
        store.Update(said);
        Assert.Empty(Files());
    }

    [Fact]
    public void Nobody_reads_the_files_but_the_servers_own_user()
    {
        var store = DiskFileStore.Open(_data.FullName);
        Keep(store, "hello", preview: "small");
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

        if (!OperatingSystem.IsWindows())
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(_data.FullName, "*", SearchOption.AllDirectories))
            {
                Assert.Equal(default, File.GetUnixFileMode(path) & Others);
            }
        }

        Assert.Equal(3, Files().Length);
    }

    [Fact]
    public void A_record_that_a_disk_has_made_nonsense_of_is_no_file_and_harms_no_other()
    {
        var store = DiskFileStore.Open(_data.FullName);
        var damaged = Keep(store, "one", preview: "");
        var good = Keep(store, "two", preview: "");
        File.WriteAllText(Path.Combine(store.Location, damaged.Id + ".json"), "{\"id\":");

        Assert.Null(store.Find(damaged.Id));
        Assert.Equal(good, Assert.Single(store.List()));
    }

    [Fact]
    public void A_directory_that_cannot_be_written_is_told()
    {
        File.WriteAllText(Path.Combine(_data.FullName, "files"), "in the way");

        var error = Assert.Throws<FileStoreException>(() => DiskFileStore.Open(_data.FullName));

        Assert.Contains("files", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Delete(recursive: true);

    private static StoredFile Keep(DiskFileStore store, string content, string preview)
    {
        using var draft = store.Begin();
        draft.Content.Write(Encoding.UTF8.GetBytes(content));
        var file = new StoredFile(draft.Id, "Käse.txt", "text/plain", content.Length, Identity.OfGuest(7), Now)
        {
            Width = 3,
            Height = 4,
            HasPreview = preview.Length > 0,
            UsedSince = Now,
        };
        draft.Keep(file, Encoding.UTF8.GetBytes(preview));
        return file;
    }

    private static string Text(DiskFileStore store, FileId id, FilePart part)
    {
        using var reader = new StreamReader(store.Open(id, part)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private string[] Files() => [.. Directory.EnumerateFiles(Path.Combine(_data.FullName, "files")).Select(path => Path.GetFileName(path)!)];
}
