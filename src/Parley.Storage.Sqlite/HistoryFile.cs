using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite;

/// <summary>The file in its directory, and how connections to it are set up.</summary>
internal static class HistoryFile
{
    private const string Name = "history.db";

    public static string PathIn(string directory) => Path.GetFullPath(Path.Combine(directory, Name));

    /// <summary>Opens the file to write, and brings it to the latest schema.</summary>
    public static Database Open(string directory, SqliteHistoryOptions options)
    {
        var path = PathIn(directory);
        return File.Exists(path)
            ? Prepared(Database.Open(path, readOnly: false, options.BusyTimeout), Migrations.History.Latest)
            : throw new HistoryException($"There is no history in {directory}: name the server's data directory with --data");
    }

    /// <summary>Sets up a connection to write, and brings the file to a version of the schema.</summary>
    public static Database Prepared(Database database, int version)
    {
        try
        {
            // Before anything is written: somebody else's file stays as it is.
            Migrations.History.CheckedVersionOf(database);
            using (var mode = database.Prepare("PRAGMA journal_mode = WAL"))
            {
                if (!mode.Step() || mode.Text(0) != "wal")
                {
                    throw new HistoryException($"{database.Path} is on a file system without shared memory: use another data directory");
                }
            }

            // What was written is moved from the log to the file when that is worth the trip: pages that many batches change
            // are then written once (4096 pages are 16 MiB; four times that only made longer pauses). What is removed is wiped where that costs no further writing.
            database.Execute(
                """
                PRAGMA synchronous = NORMAL;
                PRAGMA wal_autocheckpoint = 4096;
                PRAGMA journal_size_limit = 67108864;
                PRAGMA cache_size = -16384;
                PRAGMA secure_delete = FAST;
                """);
            Migrations.History.Apply(database, version);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Makes the directory, and an empty file in it, where they are missing.</summary>
    public static void CreateForOwner(string directory)
    {
        var path = PathIn(directory);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
            }
            else
            {
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            if (!File.Exists(path))
            {
                CreateEmptyForOwner(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HistoryException(
                $"{path} cannot be written ({e.Message}): let this user write there, or use another data directory", e);
        }
    }

    // People's private messages: nobody but the server's own user reads them. SQLite gives its other files the same mode.
    /// <summary>Makes an empty file, which SQLite takes for an empty database.</summary>
    public static void CreateEmptyForOwner(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(path, options).Dispose();
    }
}
