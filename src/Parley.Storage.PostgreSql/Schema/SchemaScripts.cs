using System.Globalization;
using System.Reflection;
using Npgsql;
using Parley.Core.History;

namespace Parley.Storage.PostgreSql.Schema;

/// <summary>Scripts of one schema, which are the numbered <c>.sql</c> files in an assembly, applied in order. A file that was released MUST NOT be changed.</summary>
/// <param name="schema">Name of the schema.</param>
/// <param name="lockKey">Advisory lock of its own: two servers that start at once bring it up to date one after the other.</param>
/// <param name="assembly">Assembly with the files.</param>
internal sealed class SchemaScripts(string schema, long lockKey, Assembly assembly)
{
    private readonly string[] _scripts = Read(assembly);

    /// <summary>The version that this program writes.</summary>
    public int LatestVersion => _scripts.Length;

    /// <summary>Brings a database up to date, all steps or none.</summary>
    /// <exception cref="HistoryException">It was written by a newer Parley, or by another program.</exception>
    public void Apply(NpgsqlConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        Run(connection, $"SELECT pg_advisory_xact_lock({lockKey})");
        RefuseForeign(connection);
        Run(connection, $"CREATE SCHEMA IF NOT EXISTS {schema}; SET LOCAL search_path TO {schema}; CREATE TABLE IF NOT EXISTS schema_version (version int NOT NULL)");
        var version = Version(connection);
        if (version > LatestVersion)
        {
            throw new HistoryException(
                $"{connection.Database} on {connection.Host} was written by a newer Parley (schema {version}, this one knows {LatestVersion}): start that one, or use another database");
        }

        for (var next = version; next < LatestVersion; next++)
        {
            Run(connection, _scripts[next]);
        }

        Run(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM schema_version; INSERT INTO schema_version VALUES ({LatestVersion})"));
        transaction.Commit();
    }

    /// <summary>Tables that another program keeps in a schema of the same name stay as they are. Other schemas of the database are no concern.</summary>
    private void RefuseForeign(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            $"""
            SELECT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace('{schema}')) AND NOT EXISTS (
                SELECT 1 FROM pg_attribute
                WHERE attrelid = to_regclass('{schema}.schema_version') AND attname = 'version' AND atttypid = 'integer'::regtype)
            """,
            connection);
        if (command.ExecuteScalar() is true)
        {
            throw new HistoryException(
                $"{connection.Database} on {connection.Host} has tables of another program in its schema {schema}: use another database, or rename that schema");
        }
    }

    private static int Version(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        return (int)command.ExecuteScalar()!;
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string[] Read(Assembly assembly) =>
    [
        .. assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            }),
    ];
}
