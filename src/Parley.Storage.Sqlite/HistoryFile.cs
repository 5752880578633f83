using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite;

/// <summary>The file in its directory, and how connections to it are set up.</summary>
internal static class HistoryFile
{
    // What was written is moved from the log to the file when that is worth the trip: pages that many batches change
    // are then written once (4096 pages are 16 MiB; four times that only made longer pauses). What is removed is wiped where that costs no further writing.
    private const string Pragmas =
        """
        PRAGMA synchronous = NORMAL;
        PRAGMA wal_autocheckpoint = 4096;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -16384;
        PRAGMA secure_delete = FAST;
        """;

    /// <summary>Opens the file to write, and brings it to the latest schema.</summary>
    public static Database Open(string directory, SqliteHistoryOptions options)
    {
        var path = FileKind.History.PathIn(directory);
        return FileKind.History.IsIn(directory)
            ? Prepared(Database.Open(path, readOnly: false, options.BusyTimeout), FileKind.History.LatestVersion)
            : throw new HistoryException($"There is no history in {directory}: name the server's data directory with --data");
    }

    /// <summary>Sets up a connection to write, and brings the file to a version of the schema.</summary>
    public static Database Prepared(Database database, int version) => DataFile.Prepared(database, Pragmas, version);

    /// <summary>Makes the directory, and an empty file in it, where they are missing.</summary>
    public static void CreateForOwner(string directory) => DataFile.CreateForOwner(directory, FileKind.History);
}
