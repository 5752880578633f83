using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Core.Files;

namespace Parley.Storage.Files;

/// <summary>Uploaded files in a directory: for each its content under its id, a preview if there is one, and what is known of it.</summary>
/// <remarks>
/// What is known of a file is written last and removed first: a file exists if, and only if, that is there. What else lies around was
/// left by an upload that was cut off. One server at a time uses a directory; whoever else removes files from it does no harm.
/// </remarks>
public sealed class DiskFileStore : IFileStore
{
    /// <summary>Name of the directory within a server's data directory.</summary>
    public const string FolderName = "files";

    private const string AboutSuffix = ".json";
    private const string PreviewSuffix = ".preview";
    private const string PartialSuffix = ".part";

    private readonly string _directory;
    private readonly ConcurrentDictionary<FileId, byte> _drafts = new();

    private DiskFileStore(string directory) => _directory = directory;

    /// <inheritdoc/>
    public string Location => _directory;

    /// <inheritdoc/>
    public long FreeBytes => Try(() => new DriveInfo(_directory).AvailableFreeSpace);

    /// <summary>Opens the store of a data directory, which is made if it is missing.</summary>
    /// <exception cref="FileStoreException">It cannot be written.</exception>
    public static DiskFileStore Open(string dataDirectory)
    {
        var directory = Path.GetFullPath(Path.Combine(dataDirectory, FolderName));
        Try(() => OwnedFile.CreateDirectory(directory));
        return new DiskFileStore(directory);
    }

    /// <summary>The store of a data directory that a server may be using; null if it has no files.</summary>
    internal static DiskFileStore? OpenIfThere(string dataDirectory)
    {
        var directory = Path.GetFullPath(Path.Combine(dataDirectory, FolderName));
        return Directory.Exists(directory) ? new DiskFileStore(directory) : null;
    }

    /// <inheritdoc/>
    public IFileDraft Begin() => Try(() =>
    {
        var id = FileId.New();
        _drafts[id] = 0;
        return new DiskFileDraft(this, id, OwnedFile.Create(PathOf(id, PartialSuffix)));
    });

    /// <inheritdoc/>
    public StoredFile? Find(FileId id) => Try(() => Read(PathOf(id, AboutSuffix)));

    /// <inheritdoc/>
    public Stream? Open(FileId id, FilePart part)
    {
        try
        {
            // Whoever reads goes on to the end when it is removed.
            return new FileStream(
                PathOf(id, part == FilePart.Preview ? PreviewSuffix : ""), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(e);
        }
    }

    /// <inheritdoc/>
    public void Update(StoredFile file) => Try(() =>
    {
        if (File.Exists(PathOf(file.Id, AboutSuffix)))
        {
            WriteAbout(file);
        }
    });

    /// <inheritdoc/>
    public void Remove(FileId id) => Try(() =>
    {
        foreach (var suffix in (string[])[AboutSuffix, "", PreviewSuffix, PartialSuffix, AboutSuffix + PartialSuffix])
        {
            File.Delete(PathOf(id, suffix));
        }
    });

    /// <inheritdoc/>
    public IReadOnlyList<StoredFile> List() => Try(() =>
    {
        var files = new List<StoredFile>();
        foreach (var path in Directory.EnumerateFiles(_directory))
        {
            var name = Path.GetFileName(path);
            if (!FileId.TryParse(name.Split('.')[0], out var id) || _drafts.ContainsKey(id))
            {
                continue;
            }

            if (name.EndsWith(AboutSuffix, StringComparison.Ordinal))
            {
                if (Read(path) is not { } file)
                {
                    continue;
                }

                if (File.Exists(PathOf(id, "")))
                {
                    files.Add(file);
                }
                else
                {
                    // Removed by an operator in the moment in which what is known of it was written anew.
                    Remove(id);
                }
            }
            else if (!File.Exists(PathOf(id, AboutSuffix)) && !_drafts.ContainsKey(id))
            {
                File.Delete(path);
            }
        }

        return files;
    });

    /// <summary>All files, read as they are asked for, and nothing tidied up: a server may be using the directory.</summary>
    internal IEnumerable<StoredFile> Kept()
    {
        foreach (var path in Try(() => Directory.GetFiles(_directory, "*" + AboutSuffix)))
        {
            if (Try(() => Read(path)) is { } file)
            {
                yield return file;
            }
        }
    }

    /// <summary>Gives a draft's parts their names: from the last of them on, there is such a file.</summary>
    internal void Keep(StoredFile file, ReadOnlyMemory<byte> preview) => Try(() =>
    {
        try
        {
            File.Move(PathOf(file.Id, PartialSuffix), PathOf(file.Id, ""));
            if (!preview.IsEmpty)
            {
                OwnedFile.Write(PathOf(file.Id, PreviewSuffix), preview.Span);
            }

            WriteAbout(file);
        }
        catch
        {
            Remove(file.Id);
            throw;
        }
    });

    /// <summary>A draft is no more: kept, or nothing is left of it.</summary>
    internal void End(FileId id, bool isKept)
    {
        if (!isKept)
        {
            Remove(id);
        }

        _drafts.TryRemove(id, out _);
    }

    private static FileStoreException Failure(Exception e) => new(e.Message, e);

    private static T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(e);
        }
    }

    private static void Try(Action action) => Try(() =>
    {
        action();
        return true;
    });

    /// <summary>Reads the record of a file; null if it is gone, or a disk has made nonsense of it.</summary>
    private static StoredFile? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), AboutFileJson.Default.AboutFile)?.ToFile();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    private void WriteAbout(StoredFile file)
    {
        var path = PathOf(file.Id, AboutSuffix);
        OwnedFile.Write(path + PartialSuffix, JsonSerializer.SerializeToUtf8Bytes(AboutFile.Of(file), AboutFileJson.Default.AboutFile));
        File.Move(path + PartialSuffix, path, overwrite: true);
    }

    private string PathOf(FileId id, string suffix) => Path.Combine(_directory, id.Value + suffix);
}
