using System.Globalization;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Schema;

/// <summary>
/// The schema of a file, as the numbered <c>.sql</c> files of its kind, applied in order. <c>PRAGMA user_version</c> of a file is
/// the number of the last one. A file that was released MUST NOT be changed: the next number takes the change.
/// </summary>
internal static class Migrations
{
    /// <summary>Brings a file to a version, all steps or none.</summary>
    public static void Apply(Database database, int version)
    {
        if (CheckedVersionOf(database) >= version)
        {
            return;
        }

        database.Execute("BEGIN IMMEDIATE");
        try
        {
            // Again, now that nobody else can be in the middle of it.
            for (var next = VersionOf(database); next < version; next++)
            {
                database.Execute(database.Kind.Scripts[next]);
            }

            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}; COMMIT"));
        }
        catch
        {
            database.RollBack();
            throw;
        }
    }

    /// <summary>The version of a file, which is one that this program knows.</summary>
    public static int CheckedVersionOf(Database database)
    {
        var version = VersionOf(database);
        return version <= database.Kind.LatestVersion
            ? version
            : throw database.Kind.Exception(
                $"{database.Path} was written by a newer Parley (schema {version}, this one knows {database.Kind.LatestVersion}): "
                + "start that one, or use another data directory",
                null);
    }

    private static int VersionOf(Database database)
    {
        var version = (int)database.Number("PRAGMA user_version");
        if (version == 0 && database.Number("SELECT count(*) FROM sqlite_master") > 0)
        {
            throw database.Failure(SQLitePCL.raw.SQLITE_NOTADB, "tables of somebody else");
        }

        return version;
    }
}
