using System.Net.Sockets;
using Npgsql;
using Parley.Core.History;

namespace Parley.Storage.PostgreSql;

/// <summary>Failures of the database in one sentence for people, which says what to do.</summary>
internal static class PostgreSqlFailure
{
    /// <summary>The exception for a failure of a database.</summary>
    public static HistoryException Of(DatabaseAddress address, Exception cause) => new(Explain(address, cause), cause);

    private static string Explain(DatabaseAddress address, Exception cause) => cause switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } e =>
            $"{address} does not let this user in ({e.MessageText}): give user and password as in postgres://user:password@host/database",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            $"{address} is not there: make it, as with `createdb {address.Database}`",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } e =>
            $"{address} does not let this user do that ({e.MessageText}): give it the right to create in the database",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            $"{address} has no room for more messages: free disk space, or keep less history",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
            $"{address} has no connection left: raise its max_connections, or end other programs",
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } =>
            $"{address} is starting or stopping: wait until it is up",
        PostgresException e => $"{address} failed: {e.MessageText}",
        NpgsqlException { InnerException: SocketException e } => $"{address} cannot be reached ({e.Message}): start it, or name another",
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => $"{address} does not answer: look after it",
        _ => $"{address} failed: {cause.Message}",
    };
}
