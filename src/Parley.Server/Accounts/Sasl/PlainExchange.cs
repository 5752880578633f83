using System.Text;
using System.Text.Unicode;
using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Server.Accounts.Sasl;

/// <summary>PLAIN: the name and the password, or the token of a device in its place, as they are. https://www.rfc-editor.org/rfc/rfc4616#section-2</summary>
/// <remarks>
/// <code>
/// message = [authzid] UTF8NUL authcid UTF8NUL passwd
/// </code>
/// Nobody here acts for others: the authzid is empty, or the same name.
/// </remarks>
internal sealed class PlainExchange(AccountService accounts, LoginAttempts attempts, SaslPeer peer, DeviceTokens? devices = null) : ISaslExchange
{
    public async ValueTask<SaslStep> NextAsync(ReadOnlyMemory<byte> clientData, CancellationToken cancellationToken = default)
    {
        if (!Utf8.IsValid(clientData.Span)
            || Encoding.UTF8.GetString(clientData.Span).Split('\0') is not [var actFor, { Length: > 0 } name, { Length: > 0 } password])
        {
            return new SaslStep.Failed("PLAIN wants a name and a password");
        }

        if (actFor.Length > 0 && !string.Equals(actFor, name, StringComparison.OrdinalIgnoreCase))
        {
            return SaslFailures.NobodyElse;
        }

        _ = UserName.TryParse(name, out var user);
        using var attempt = await attempts.BeginAsync(peer.Address, user, cancellationToken);
        if (attempt.Refusal is { } refusal)
        {
            return new SaslStep.Failed(refusal);
        }

        try
        {
            if (devices is not null && await devices.FindAsync(user, password, cancellationToken) is var (known, device))
            {
                attempt.Succeed();
                return new SaslStep.Succeeded(known, new LoginProof(device.Id));
            }

            if (await accounts.ProveAsync(user, password, peer.Address, cancellationToken, peer.UserId) is not var (account, proof))
            {
                return SaslFailures.Wrong;
            }

            attempt.Succeed();
            return new SaslStep.Succeeded(account, proof);
        }
        catch (AuthCommandException)
        {
            return new SaslStep.Failed(AuthCommandException.Refusal);
        }
        catch (AccountStoreException)
        {
            attempt.TakeBack();
            throw;
        }
    }
}
