using System.Globalization;
using Parley.Core.Accounts;
using Parley.Server.Admin;

namespace Parley.Cli.Admin;

/// <summary>Tells a running server that an account was removed beside it, or given another password. A server that is not there finds out at its start.</summary>
internal static class AccountNotice
{
    public const string Removed = "account-removed";

    public const string PasswordChanged = "password-changed";

    /// <summary>Tells the server of a data directory, if it runs and has its socket there.</summary>
    public static async Task SendAsync(string directory, string what, AccountId account, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await AdminClient.ConnectAsync(AdminSocket.Of("default", directory)!, cancellationToken);
            await client.AskAsync(new AdminRequest(what) { Text = account.Value.ToString(CultureInfo.InvariantCulture) }, cancellationToken);
        }
        catch (AdminException)
        {
            // Nobody to tell.
        }
    }
}
