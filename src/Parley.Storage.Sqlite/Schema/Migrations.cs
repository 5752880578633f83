using System.Globalization;
using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Schema;

/// <summary>
/// A schema, as the numbered <c>.sql</c> files of a folder, applied in order. <c>PRAGMA user_version</c> of a file is
/// the number of the last one. A file that was released MUST NOT be changed: the next number takes the change.
/// </summary>
/// <param name="folder">The folder of this project that they are in.</param>
internal sealed class Migrations(string folder)
{
    private readonly string[] _scripts = [.. Names($"{typeof(Migrations).Assembly.GetName().Name}.{folder}.").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Those of history.</summary>
    public static Migrations History { get; } = new("Schema");

    /// <summary>The version that this program writes.</summary>
    public int Latest => _scripts.Length;

    /// <summary>Brings a file to a version, all steps or none.</summary>
    public void Apply(Database database, int version)
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
                database.Execute(_scripts[next]);
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
    public int CheckedVersionOf(Database database)
    {
        var version = VersionOf(database);
        return version <= Latest
            ? version
            : throw new HistoryException(
                $"{database.Path} was written by a newer Parley (schema {version}, this one knows {Latest}): "
                + "start that one, or use another data directory");
    }

    private static int VersionOf(Database database)
    {
        var version = (int)database.Number("PRAGMA user_version");
        if (version == 0 && database.Number("SELECT count(*) FROM sqlite_master") > 0)
        {
            throw SqliteFailure.At(database.Path, SQLitePCL.raw.SQLITE_NOTADB, "tables of somebody else");
        }

        return version;
    }

    private static IEnumerable<string> Names(string prefix) =>
        from name in typeof(Migrations).Assembly.GetManifestResourceNames()
        where name.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiDigit(name[prefix.Length])
        select name;

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
