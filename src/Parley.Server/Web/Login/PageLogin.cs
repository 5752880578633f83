using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Outside;
using Parley.Server.Options;

namespace Parley.Server.Web.Login;

/// <summary>
/// Log-in from the page at the identity provider: the authorization code flow of OpenID Connect, with PKCE (RFC 7636), a state and a nonce.
/// The code is redeemed here; the page sees neither it nor a token of the provider's.
/// </summary>
internal sealed class PageLogin(
    OidcOptions options,
    IdentityProvider provider,
    ProviderHttp http,
    BearerValidator validator,
    BearerLogin bearers,
    AccountService accounts,
    LoginAttempts attempts,
    ClientSecret secret,
    ILogger<PageLogin> logger)
{
    private const int RandomBytes = 32;

    /// <summary>Begins: where the browser is to go, and what it has to bring back.</summary>
    /// <exception cref="IdentityProviderException">The provider does not say where people log in.</exception>
    public async Task<(string Address, PendingLogin Pending)> BeginAsync(string callback, CancellationToken cancellationToken)
    {
        var published = await provider.GetAsync(cancellationToken);
        if (string.IsNullOrEmpty(published.AuthorizationEndpoint) || string.IsNullOrEmpty(published.TokenEndpoint))
        {
            throw new IdentityProviderException("The identity provider does not say where people log in");
        }

        var pending = new PendingLogin(Random(), Random(), Random());
        var query = new QueryBuilder
        {
            { "response_type", "code" },
            { "client_id", options.Client! },
            { "redirect_uri", callback },
            { "scope", "openid profile" },
            { "state", pending.State },
            { "nonce", pending.Nonce },
            { "code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(pending.Verifier))) },
            { "code_challenge_method", "S256" },
        };
        var address = published.AuthorizationEndpoint;
        return (address + (address.Contains('?', StringComparison.Ordinal) ? "&" + query.ToString()[1..] : query.ToString()), pending);
    }

    /// <summary>Ends: the account of whom the provider has sent back with a code, and who that is to the provider; or why nobody is logged in.</summary>
    public async Task<(Account? Account, OutsideIdentity? Identity, string Refusal)> EndAsync(
        string code, PendingLogin pending, string callback, IPAddress? address, CancellationToken cancellationToken)
    {
        using var attempt = await attempts.BeginAsync(address, default, cancellationToken);
        if (attempt.Refusal is { } limit)
        {
            return (null, null, limit);
        }

        var (account, identity, refusal) = await accounts.Queue.RunAsync(address, turn => RedeemAsync(code, pending, callback, turn), cancellationToken);
        if (account is not null)
        {
            attempt.TakeBack();
        }

        return (account, identity, refusal);
    }

    private async Task<(Account? Account, OutsideIdentity? Identity, string Refusal)> RedeemAsync(
        string code, PendingLogin pending, string callback, CancellationToken cancellationToken)
    {
        try
        {
            var (token, refused) = await TokenForAsync(code, pending, callback, cancellationToken);
            if (token is null)
            {
                return (null, null, refused);
            }

            var (claims, fault) = await validator.ValidateAsync(token, cancellationToken);
            if (claims is null)
            {
                return (null, null, fault);
            }

            if (!string.Equals(claims.Nonce, pending.Nonce, StringComparison.Ordinal))
            {
                return (null, null, "The token is of another log-in");
            }

            var (account, refusal) = await bearers.FindAsync(claims, actFor: "", cancellationToken);
            return (account, claims.Identity, refusal);
        }
        catch (Exception e) when (e is IdentityProviderException or HttpRequestException or JsonException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.IdentityProviderFailed(logger, options.Issuer, e.Message);
            return (null, null, "The identity provider does not answer, try again later");
        }
        catch (AccountStoreException)
        {
            return (null, null, "Accounts cannot be looked up now, try again later");
        }
    }

    /// <summary>Redeems a code (RFC 6749, 4.1.3) for a token that says who has logged in; or says why the provider gives none.</summary>
    private async Task<(string? Token, string Refusal)> TokenForAsync(string code, PendingLogin pending, string callback, CancellationToken cancellationToken)
    {
        var published = await provider.GetAsync(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, published.TokenEndpoint);
        request.Content = new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"),
            new("code", code),
            new("redirect_uri", callback),
            new("client_id", options.Client!),
            new("code_verifier", pending.Verifier),
        ]);
        if (secret.Value is { } password)
        {
            var credentials = $"{Uri.EscapeDataString(options.Client!)}:{Uri.EscapeDataString(password)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(credentials)));
        }

        using var answer = await http.Client.SendAsync(request, cancellationToken);
        var isRefused = answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized;
        if (!isRefused)
        {
            answer.EnsureSuccessStatusCode();
        }

        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        if (!isRefused && TextOf(json.RootElement, "id_token") is { } token)
        {
            return (token, "");
        }

        // RFC 6749, 5.2: it is the server that the provider does not know, and no other try of this person's helps.
        if (isRefused && TextOf(json.RootElement, "error") is "invalid_client" or "unauthorized_client")
        {
            Log.IdentityProviderRefused(logger, options.Issuer);
            return (null, "The provider does not take this server for the one that it knows: tell the operator of this server");
        }

        return (null, "The provider does not know of this log-in (any more): try again");
    }

    private static string? TextOf(JsonElement json, string name)
        => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
}
