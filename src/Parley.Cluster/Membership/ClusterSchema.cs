using Npgsql;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Cluster.Membership;

/// <summary>The schema of the cluster's tables, and the history that all nodes share.</summary>
internal static class ClusterSchema
{
    /// <summary>The schema that the tables are in.</summary>
    public const string Name = "parley_cluster";

    private static readonly SchemaScripts Scripts = new(Name, 0x5061726c65790010, typeof(ClusterSchema).Assembly);

    /// <summary>The version that this program writes.</summary>
    public static int LatestVersion => Scripts.LatestVersion;

    /// <summary>Brings both up to date, or begins them.</summary>
    /// <exception cref="Core.History.HistoryException">Either is of a newer Parley, or not Parley's at all.</exception>
    public static void Apply(NpgsqlConnection connection)
    {
        Migrations.Apply(connection);
        Scripts.Apply(connection);
    }
}
