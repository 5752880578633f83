using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Storage.PostgreSql.Tests.Accounts;

/// <summary>Accounts for tests of what belongs to them.</summary>
internal static class MadeAccounts
{
    public static UserName Name(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    public static AccountCredentials Credentials(string name, AccountId? id = null) => new(
        new Account(id ?? AccountId.New(), Name(name), DateTimeOffset.UnixEpoch.AddDays(1)), PasswordVerifier.WithoutPassword(PasswordVerifier.MinIterations));

    public static async Task<ProvenAccount> MakeAsync(this PostgreSqlDatabase database, string name, AccountId? id = null)
    {
        var credentials = Credentials(name, id);
        Assert.True(await database.Accounts.TryCreateAsync(credentials, TestContext.Current.CancellationToken));
        return credentials.Account.Proven;
    }
}
