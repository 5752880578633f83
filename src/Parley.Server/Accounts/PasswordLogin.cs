using System.Net;
using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Server.Accounts;

/// <summary>Log-in by name and password, or the token of a device in its place, within the limits on attempts.</summary>
internal sealed class PasswordLogin(AccountService accounts, LoginAttempts attempts, DeviceTokens? devices = null)
{
    /// <summary>The account if the password is right, and the proof; otherwise what to tell the client, without a full stop.</summary>
    /// <param name="name">Name of the account.</param>
    /// <param name="password">The password, or a token.</param>
    /// <param name="address">Address of the client; null if it comes over no network.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <param name="takesTokens">False if nothing but the password counts.</param>
    /// <param name="userId">Number of the user who logs in, who keeps its name if an account is made of it; 0 for nobody who is in.</param>
    /// <remarks>An unknown name MUST be answered as a wrong password is.</remarks>
    public async ValueTask<(Account? Account, string Refusal, LoginProof? Proof)> TryAsync(
        string name, string password, IPAddress? address, CancellationToken cancellationToken, bool takesTokens = true, long userId = 0)
    {
        _ = UserName.TryParse(name, out var user);
        using var attempt = await attempts.BeginAsync(address, user, cancellationToken);
        if (attempt.Refusal is { } refusal)
        {
            return (null, refusal, null);
        }

        try
        {
            if (takesTokens && devices is not null && await devices.FindAsync(user, password, cancellationToken) is var (known, device))
            {
                attempt.Succeed();
                return (known, "", new LoginProof(device.Id));
            }

            if (await accounts.ProveAsync(user, password, address, cancellationToken, userId) is not var (account, proof))
            {
                return (null, LoginRefusals.Wrong, null);
            }

            attempt.Succeed();
            return (account, "", proof);
        }
        catch (AuthCommandException)
        {
            // Counted: whoever can make the program fail is not to have it run as often as they like.
            return (null, AuthCommandException.Refusal, null);
        }
        catch (AccountStoreException)
        {
            attempt.TakeBack();
            return (null, "Accounts cannot be looked up now, try again later", null);
        }
    }
}
