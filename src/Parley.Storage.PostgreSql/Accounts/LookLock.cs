using Npgsql;
using Parley.Core.Names;
using Parley.Storage.PostgreSql.Engine;

namespace Parley.Storage.PostgreSql.Accounts;

/// <summary>Order among servers that make accounts of names that look alike.</summary>
/// <remarks>No constraint of the table decides: accounts of earlier versions, and of servers with another name policy, may look alike, and MUST go on working.</remarks>
internal static class LookLock
{
    /// <summary>First part of the key of the lock, "look" in ASCII. The second is a hash: who shares it with another look waits without need.</summary>
    public const int Key = 0x6c6f6f6b;

    /// <summary>Waits until nobody else makes an account that looks like a name; false if there is one by then, which nobody makes before the end of the transaction.</summary>
    /// <remarks>Two statements: the second sees what those have committed that the first has waited for.</remarks>
    public static async Task<bool> TakeAsync(NpgsqlConnection connection, UserName name, CancellationToken cancellationToken)
    {
        var look = NameSkeleton.Of(name);
        await Sql.RunAsync(connection, "SELECT pg_advisory_xact_lock($1, hashtext($2))", cancellationToken, Key, look);
        return (await Sql.RowsAsync(connection, "SELECT id FROM account WHERE look = $1 LIMIT 1", row => row.GetInt64(0), cancellationToken, look)).Count == 0;
    }
}
