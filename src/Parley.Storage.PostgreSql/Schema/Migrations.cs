using Npgsql;

namespace Parley.Storage.PostgreSql.Schema;

/// <summary>The schema, as the numbered <c>.sql</c> files beside this: the next number takes a change.</summary>
internal static class Migrations
{
    /// <summary>The schema that everything is in.</summary>
    public const string SchemaName = "parley";

    private static readonly SchemaScripts Scripts = new(SchemaName, 0x5061726c65790001, typeof(Migrations).Assembly);

    /// <summary>The version that this program writes.</summary>
    public static int LatestVersion => Scripts.LatestVersion;

    /// <inheritdoc cref="SchemaScripts.Apply"/>
    public static void Apply(NpgsqlConnection connection) => Scripts.Apply(connection);
}
