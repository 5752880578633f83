using Parley.Core.Accounts;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>The file of accounts in its directory, and how connections to it are set up.</summary>
internal static class AccountFile
{
    /// <summary>What is set while accounts are written: a commit is on the disk. They are few, and nobody can make them anew.</summary>
    public const string Durable = "PRAGMA synchronous = FULL";

    /// <summary>What is set while values are written: a commit waits for no disk, and after a loss of power the last may be missing.</summary>
    public const string Quick = "PRAGMA synchronous = NORMAL";

    // Who is removed is wiped from the file, too.
    private const string Pragmas =
        $"""
        {Durable};
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;
        """;

    /// <summary>Opens the file, and brings it to the latest schema.</summary>
    public static Database Open(string directory, TimeSpan busyTimeout)
    {
        var path = FileKind.Accounts.PathIn(directory);
        return File.Exists(path)
            ? DataFile.Prepared(
                Database.Open(path, FileKind.Accounts, readOnly: false, busyTimeout), Pragmas, FileKind.Accounts.LatestVersion)
            : throw new AccountStoreException($"There are no accounts in {directory}: name the server's data directory with --data");
    }
}
