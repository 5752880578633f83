using Parley.Core.Accounts;
using Parley.Core.Files;

namespace Parley.Storage.Files.Tests;

/// <summary>Files are removed beside a server that uses them.</summary>
public sealed class DiskFileAdminTests : IDisposable
{
    private static readonly Identity Ann = Identity.Restore(17);
    private static readonly Identity Ben = Identity.Restore(18);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("parley-files-");

    [Fact]
    public void All_files_of_an_owner_go_and_those_of_others_stay()
    {
        var server = DiskFileStore.Open(_data.FullName);
        Keep(server, Ann);
        Keep(server, Ann);
        var other = Keep(server, Ben);

        Assert.Equal(2, DiskFileAdmin.Open(_data.FullName).RemoveOf(Ann));

        Assert.Equal(other, Assert.Single(server.List()));
        Assert.Equal(3, Traces().Length);
        Assert.Equal(0, DiskFileAdmin.Open(_data.FullName).RemoveOf(Ann));
    }

    [Fact]
    public void What_a_server_is_taking_in_meanwhile_is_left_alone()
    {
        var server = DiskFileStore.Open(_data.FullName);
        Keep(server, Ann);
        using var draft = server.Begin();
        draft.Content.Write("on its way"u8);

        DiskFileAdmin.Open(_data.FullName).RemoveOf(Ann);

        Assert.Equal([$"{draft.Id}.part"], Traces());
        draft.Keep(FileOf(draft.Id, Ben), preview: default);
        Assert.Equal(Ben, server.Find(draft.Id)?.Owner);
    }

    [Fact]
    public void One_file_goes_only_if_it_is_the_owners()
    {
        var server = DiskFileStore.Open(_data.FullName);
        var file = Keep(server, Ann);
        var admin = DiskFileAdmin.Open(_data.FullName);

        Assert.False(admin.Remove(file.Id, Ben));
        Assert.NotNull(server.Find(file.Id));
        Assert.True(admin.Remove(file.Id, Ann));
        Assert.False(admin.Remove(file.Id, Ann));
        Assert.Empty(Traces());
    }

    [Fact]
    public void Where_there_are_no_files_there_is_nothing_to_remove_and_nothing_is_made()
    {
        var admin = DiskFileAdmin.Open(_data.FullName);

        Assert.Equal((0, false), (admin.RemoveOf(Ann), admin.Remove(FileId.New(), Ann)));
        Assert.Empty(_data.GetFileSystemInfos());
    }

    [Fact]
    public void What_a_server_notes_of_a_file_in_the_moment_it_is_removed_goes_with_the_next_look()
    {
        var server = DiskFileStore.Open(_data.FullName);
        var file = Keep(server, Ann);
        var about = Path.Combine(server.Location, file.Id + ".json");
        var noted = File.ReadAllBytes(about);
        DiskFileAdmin.Open(_data.FullName).RemoveOf(Ann);
        File.WriteAllBytes(about, noted);

        Assert.Empty(server.List());
        Assert.Empty(Traces());
    }

    public void Dispose() => _data.Delete(recursive: true);

    private static StoredFile Keep(DiskFileStore store, Identity owner)
    {
        using var draft = store.Begin();
        draft.Content.Write("hello"u8);
        var file = FileOf(draft.Id, owner);
        draft.Keep(file, "small"u8.ToArray());
        return file;
    }

    private static StoredFile FileOf(FileId id, Identity owner) => new(id, "notes.txt", "text/plain", 5, owner, DateTimeOffset.UnixEpoch) { HasPreview = true };

    private string[] Traces() => [.. Directory.EnumerateFiles(Path.Combine(_data.FullName, DiskFileStore.FolderName)).Select(path => Path.GetFileName(path)!)];
}
