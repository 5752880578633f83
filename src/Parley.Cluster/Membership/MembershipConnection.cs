using Npgsql;
using Parley.Storage.PostgreSql;

namespace Parley.Cluster.Membership;

/// <summary>Connections that membership goes over: nothing on them takes longer than a home is waited for.</summary>
internal static class MembershipConnection
{
    /// <summary>Channel on which nodes tell each other that there is something new in the tables.</summary>
    public const string Channel = "parley_cluster";

    private const int TimeoutSeconds = 2;

    /// <summary>Opens one.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(ClusterOptions options, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.Database.ConnectionString)
        {
            SearchPath = ClusterSchema.Name,
            ApplicationName = "parley-cluster",
            Pooling = false,
            Timeout = TimeoutSeconds,
            CommandTimeout = TimeoutSeconds,
            CancellationTimeout = 200,

            // A node that stands still within a transaction holds up the others no longer than they would wait for a home.
            Options = $"-c idle_in_transaction_session_timeout={(long)options.HomeTimeout.TotalMilliseconds} -c default_transaction_isolation=read\\ committed",
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>True for what a database, or the way to it, may throw.</summary>
    public static bool IsFailure(Exception cause) => cause is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException;

    /// <summary>The exception for a failure of the database, for people.</summary>
    public static ClusterException Failure(DatabaseAddress database, Exception cause) => new(database.Failure.Explain(cause), cause);
}
