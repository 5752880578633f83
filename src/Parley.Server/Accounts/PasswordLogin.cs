using System.Net;
using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Server.Accounts;

/// <summary>Log-in by name and password, within the limits on attempts.</summary>
internal sealed class PasswordLogin(AccountService accounts, LoginAttempts attempts)
{
    /// <summary>The account if the password is right; otherwise what to tell the client, without a full stop.</summary>
    /// <remarks>An unknown name MUST be answered as a wrong password is.</remarks>
    public async ValueTask<(Account? Account, string Refusal)> TryAsync(
        string name, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        _ = UserName.TryParse(name, out var user);
        if (!attempts.TryBegin(address, user, out var refusal))
        {
            return (null, refusal);
        }

        try
        {
            if (await accounts.VerifyPasswordAsync(user, password, address, cancellationToken) is not { } account)
            {
                return (null, LoginRefusals.Wrong);
            }

            attempts.Succeeded(address, user);
            return (account, "");
        }
        catch (AuthCommandException)
        {
            // Counted: whoever can make the program fail is not to have it run as often as they like.
            return (null, AuthCommandException.Refusal);
        }
        catch (AccountStoreException)
        {
            attempts.TakeBack(address, user);
            return (null, "Accounts cannot be looked up now, try again later");
        }
    }
}
