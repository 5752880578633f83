using Npgsql;
using Parley.Core.Accounts;
using Parley.Storage.PostgreSql.Engine;

namespace Parley.Storage.PostgreSql.Accounts;

/// <summary>Order among servers that change what one account has, where a limit is on how many that may be.</summary>
internal static class AccountLock
{
    /// <summary>Waits for the account's row, which is this transaction's then; false if there is no such account.</summary>
    public static async Task<bool> TakeAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
        => (await Sql.RowsAsync(connection, "SELECT id FROM account WHERE id = $1 FOR NO KEY UPDATE", row => row.GetInt64(0), cancellationToken, account.Value)).Count > 0;
}
