using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Parley.Server.Options;

namespace Parley.Server.Accounts.Outside;

/// <summary>Keys of an identity provider in a file of the operator's (a JWKS, RFC 7517), in place of what the provider publishes.</summary>
internal static class KeyFile
{
    /// <summary>Reads the file that the settings name, if any, so that a server does not start with one that is of no use.</summary>
    /// <exception cref="SettingsException">It cannot be read, or has no key that tokens are signed with.</exception>
    public static void Check(ParleyOptions options)
    {
        if (OidcOptions.Of(options) is not { KeyFile: { } file })
        {
            return;
        }

        try
        {
            if (new JsonWebKeySet(File.ReadAllText(file)).GetSigningKeys().Count == 0)
            {
                throw new SettingsException([$"oidc-keys: {file} has no key that is known here: give a JWKS with the provider's public keys, RSA or EC"]);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"oidc-keys: {file} cannot be read ({e.Message})"]);
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            throw new SettingsException([$"oidc-keys: {file} is no JWKS: give a file such as the provider publishes at its jwks_uri"]);
        }
    }

    /// <summary>Reads the file. MUST be called on the thread pool, as all work on tokens is: never on a socket loop.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="ArgumentException">It is no JWKS.</exception>
    public static async Task<OpenIdConnectConfiguration> ReadAsync(string file, string issuer, CancellationToken cancellationToken)
    {
        var keys = new JsonWebKeySet(await File.ReadAllTextAsync(file, cancellationToken));
        var published = new OpenIdConnectConfiguration { Issuer = issuer, JsonWebKeySet = keys };
        foreach (var key in keys.GetSigningKeys())
        {
            published.SigningKeys.Add(key);
        }

        return published;
    }
}
