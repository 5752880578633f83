using System.Net;
using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Server.Accounts;

/// <summary>Log-in by the token of a device alone, within the limits that hold for passwords.</summary>
internal sealed class DeviceLogin(DeviceTokens devices, LoginAttempts attempts)
{
    /// <summary>The account of a token's owner, and the proof; or what to tell the client, without a full stop.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<(Account? Account, string Refusal, LoginProof? Proof)> TryAsync(string token, string actFor, IPAddress? address, CancellationToken cancellationToken)
    {
        var owner = DeviceTokens.OwnerOf(token);
        using var attempt = await attempts.BeginAsync(address, owner, cancellationToken);
        if (attempt.Refusal is { } refusal)
        {
            return (null, refusal, null);
        }

        if (await devices.FindAsync(token, cancellationToken) is not var (account, device)
            || (actFor.Length > 0 && !(UserName.TryParse(actFor, out var wanted) && wanted == owner)))
        {
            return (null, "This browser is not logged in any more: log in again", null);
        }

        attempt.Succeed();
        return (account, "", new LoginProof(device.Id));
    }
}
