using Parley.Core.Accounts;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>The file of accounts in its directory, and how connections to it are set up.</summary>
internal static class AccountFile
{
    /// <summary>Setting for writing accounts: a commit is on the disk, as accounts are few and nobody can make them anew.</summary>
    public const string Durable = "PRAGMA synchronous = FULL";

    /// <summary>Setting for writing values: a commit waits for no disk, and after a loss of power the last ones may be missing.</summary>
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
        return FileKind.Accounts.IsIn(directory)
            ? DataFile.Prepared(
                Database.Open(path, FileKind.Accounts, readOnly: false, busyTimeout), Pragmas, FileKind.Accounts.LatestVersion)
            : throw new AccountStoreException($"There are no accounts in {directory}: name the server's data directory with --data");
    }
}
