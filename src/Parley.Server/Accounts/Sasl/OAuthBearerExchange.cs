using Parley.Server.Accounts.Outside;
using Parley.Server.Json;
using Parley.Server.Options;

namespace Parley.Server.Accounts.Sasl;

/// <summary>OAUTHBEARER: a token of the identity provider's. https://www.rfc-editor.org/rfc/rfc7628</summary>
/// <remarks>
/// <code>
/// client   n,a=user,%x01 auth=Bearer token %x01 %x01
/// server   (success, or what is wrong, as JSON:) {"status":"invalid_token", "openid-configuration":"https://..."}
/// client   %x01
/// server   (failure)
/// </code>
/// </remarks>
internal sealed class OAuthBearerExchange(BearerLogin login, OidcOptions provider, SaslPeer peer) : ISaslExchange
{
    private string? _refusal;

    public async ValueTask<SaslStep> NextAsync(ReadOnlyMemory<byte> clientData, CancellationToken cancellationToken = default)
    {
        if (_refusal is not null)
        {
            // Section 3.2.3: whatever the client answers to the error, it has failed.
            return new SaslStep.Failed(_refusal);
        }

        if (!OAuthBearerMessage.TryParse(clientData.Span, out var message))
        {
            return Refuse("invalid_request", "OAUTHBEARER wants n,, and auth=Bearer with a token");
        }

        var (account, refusal, proof) = await login.TryAsync(message.Token, message.ActFor, peer.Address, cancellationToken, peer.UserId);
        return account is null ? Refuse("invalid_token", refusal) : new SaslStep.Succeeded(account, proof);
    }

    private SaslStep.Challenge Refuse(string status, string reason)
    {
        _refusal = reason;
        return new SaslStep.Challenge(JsonBody.Encode(json =>
        {
            json.WriteString("status", status);
            json.WriteString("scope", "openid");
            if (provider.KeyFile is null)
            {
                json.WriteString("openid-configuration", provider.DiscoveryAddress);
            }
        }));
    }
}
