using Parley.Server.Accounts.Outside;

namespace Parley.Server.Accounts.Sasl;

/// <summary>IRCV3BEARER: a token of the identity provider's, or the token of a device. https://github.com/ircv3/ircv3-specifications/pull/545</summary>
internal sealed class BearerExchange(BearerLogin login, DeviceLogin? devices, SaslPeer peer) : ISaslExchange
{
    public async ValueTask<SaslStep> NextAsync(ReadOnlyMemory<byte> clientData, CancellationToken cancellationToken = default)
    {
        if (!BearerMessage.TryParse(clientData.Span, out var message))
        {
            return new SaslStep.Failed("IRCV3BEARER wants the kind of a token and the token, behind a NUL each");
        }

        // The access tokens of a provider that publishes keys are such tokens, too (RFC 9068).
        if (message.Type == "opaque" && devices is not null)
        {
            var (owner, why, proof) = await devices.TryAsync(message.Token, message.ActFor, peer.Address, cancellationToken);
            return owner is null ? new SaslStep.Failed(why) : new SaslStep.Succeeded(owner, proof);
        }

        var (account, refusal, identity) = message.Type is "jwt" or "oauth2"
            ? await login.TryAsync(message.Token, message.ActFor, peer.Address, cancellationToken, peer.UserId)
            : (null, "Tokens here are jwt or oauth2", null);
        return account is null ? new SaslStep.Failed(refusal) : new SaslStep.Succeeded(account, identity);
    }
}
