using System.Diagnostics;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Files;

namespace Parley.Storage.Files.Tests;

/// <summary>The server's user goes on with the files that root makes in a data directory.</summary>
public sealed class DirectoryOwnerTests : IDisposable
{
    private const string Owner = "12345:23456";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-owner-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Files_that_root_makes_belong_to_the_owner_of_the_directory()
    {
        GiveAwayOrSkip();
        var store = DiskFileStore.Open(_folder.FullName);

        Keep(store);

        var made = Directory.GetFileSystemEntries(_folder.FullName, "*", SearchOption.AllDirectories);
        Assert.Equal(4, made.Length);
        Assert.All(made, path => Assert.Equal(Owner, OwnerOf(path)));
    }

    [Fact]
    public void What_a_link_leads_to_is_neither_written_nor_given_away()
    {
        GiveAwayOrSkip();
        var store = DiskFileStore.Open(_folder.FullName);
        var kept = Keep(store);
        var others = Path.GetTempFileName();
        try
        {
            File.WriteAllText(others, "mine");
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, DiskFileStore.FolderName, kept.Id.Value + ".json.part"), others);

            store.Update(kept with { Name = "renamed.png" });

            Assert.Equal("renamed.png", store.Find(kept.Id)!.Name);
            Assert.Equal("mine", File.ReadAllText(others));
            Assert.Equal("0:0", OwnerOf(others));
        }
        finally
        {
            File.Delete(others);
        }
    }

    private static StoredFile Keep(DiskFileStore store)
    {
        using var draft = store.Begin();
        draft.Content.Write("a picture"u8);
        var file = new StoredFile(draft.Id, "one.png", "image/png", 9, Identity.OfGuest(7), Now) { HasPreview = true, UsedSince = Now };
        draft.Keep(file, Encoding.UTF8.GetBytes("small"));
        return file;
    }

    private void GiveAwayOrSkip()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root makes files for others");
        Run("chown", Owner, _folder.FullName);
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
