using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite;

/// <summary>
/// Room on the disk that a server takes while there is plenty, and that pruning gives up on a full one: SQLite writes what it
/// removes to its log first, so that nothing could be removed without.
/// </summary>
internal static class DiskReserve
{
    /// <summary>
    /// Number of bytes that pruning needs: the file may have to grow by all that is in the log, which is 16 MiB as a rule,
    /// before the log can be begun anew; and something to begin with.
    /// </summary>
    public const long DefaultBytes = 24 * 1024 * 1024;

    private const string FileName = "history.reserve";

    // A disk with less than so many times the reserve is small, or full: there, others need the room more.
    private const int MinShare = 4;

    /// <summary>Takes the room, unless it is taken or there is little. History goes on without, so nothing here is an error.</summary>
    /// <param name="directory">The data directory, which is there.</param>
    /// <param name="bytes">How much; 0 for none.</param>
    public static void Take(string directory, long bytes)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            if (bytes <= 0 || File.Exists(path) || FreeBytes(directory) < MinShare * bytes)
            {
                return;
            }

            Allocate(path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            GiveUp(directory);
        }
    }

    /// <summary>Lets the room be used. False if there was none.</summary>
    public static bool GiveUp(string directory)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            var isThere = File.Exists(path);
            File.Delete(path);
            return isThere;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The blocks are taken, and not only the length set; a file system that cannot do so gives no reserve.</summary>
    private static void Allocate(string path, long bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = bytes };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        DirectoryOwner.Take(file.SafeFileHandle, Path.GetDirectoryName(path)!);
        file.SetLength(bytes);
    }

    private static long FreeBytes(string directory)
    {
        var path = Path.GetFullPath(directory);
        return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : path).AvailableFreeSpace;
    }
}
