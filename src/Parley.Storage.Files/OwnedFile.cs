using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Files;

/// <summary>Files that nobody reads but the user that the server runs as; what root makes belongs to the owner of the directory that it is in.</summary>
internal static class OwnedFile
{
    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void CreateDirectory(string path)
    {
        var isNew = !Directory.Exists(path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, ForOwner | UnixFileMode.UserExecute);
        }

        if (isNew)
        {
            DirectoryOwner.TakeDirectory(path, Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Opens a new file, in place of one that may be there.</summary>
    public static FileStream Create(string path)
    {
        // As new, and so never what a link of the directory's owner leads to.
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ForOwner;
        }

        var file = new FileStream(path, options);
        try
        {
            DirectoryOwner.Take(file.SafeFileHandle, Path.GetDirectoryName(path)!);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a whole file, which is on the disk afterwards.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = Create(path);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}
