using Npgsql;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Storage.PostgreSql.Engine;

namespace Parley.Storage.PostgreSql.Accounts;

/// <summary>The columns that make an account, in the order in which queries name them.</summary>
internal static class AccountRow
{
    public const string Columns = "account.id, account.name, account.created, account.email, account.email_proven, account.password";

    /// <summary>The account of a row, with its password.</summary>
    public static AccountCredentials Read(NpgsqlDataReader row)
        => UserName.TryParse(row.GetString(1), out var name) && PasswordVerifier.TryParse(row.GetString(5), out var password)
            ? new AccountCredentials(new Account(new AccountId(row.GetInt64(0)), name, row.TimeAt(2), row.OptionalTextAt(3), row.GetBoolean(4)), password)
            : throw new AccountStoreException($"The database is damaged (account {row.GetInt64(0)} has no name, or no password): put back a backup");
}
