using System.Net.Sockets;
using Npgsql;
using Parley.Core.History;

namespace Parley.Storage.PostgreSql.Engine;

/// <summary>Failures of a database in one sentence for people, which says what to do.</summary>
/// <param name="Address">Its address without user and password.</param>
/// <param name="Database">Its name.</param>
internal sealed record PostgreSqlFailure(string Address, string Database)
{
    /// <summary>True if an exception says that a database failed, or could not be asked.</summary>
    public static bool Is(Exception exception) => exception is NpgsqlException or TimeoutException;

    /// <summary>The exception for a failure with history.</summary>
    public HistoryException Of(Exception cause) => new(Explain(cause), cause);

    /// <summary>The sentence about a failure.</summary>
    public string Explain(Exception cause) => cause switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } e =>
            $"{Address} does not let this user in ({e.MessageText}): give user and password as in postgres://user:password@host/database",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            $"{Address} is not there: make it, as with `createdb {Database}`",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } e =>
            $"{Address} does not let this user do that ({e.MessageText}): give it the right to create in the database",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
            $"{Address} has no room left: free disk space, or keep less history",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
            $"{Address} has no connection left: raise its max_connections, or end other programs",
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } =>
            $"{Address} is starting or stopping: wait until it is up",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
            $"{Address} takes no writes: name the primary server, not a standby",
        PostgresException e => $"{Address} failed: {e.MessageText}",
        NpgsqlException { InnerException: SocketException e } => $"{Address} cannot be reached ({e.Message}): start it, or name another",
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => $"{Address} does not answer: look after it",
        _ => $"{Address} failed: {cause.Message}",
    };
}
