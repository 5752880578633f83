using System.Net;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Accounts.Outside;

/// <summary>Log-in by a token of the identity provider, within the limits that hold for passwords.</summary>
/// <remarks>
/// An account is given to whom it belongs by its outside identity, and never for a name alone: a provider may let people choose
/// theirs. The claim with a name serves to make accounts, if the settings say so, where the name is free.
/// </remarks>
internal sealed class BearerLogin(
    BearerValidator validator, AccountService accounts, LoginAttempts attempts, ParleyOptions options, ILogger<BearerLogin> logger)
{
    /// <summary>The account of a token's owner, and the proof; or what to tell the client, without a full stop.</summary>
    /// <param name="token">The token, as it came.</param>
    /// <param name="actFor">The account that the client wants to be; empty for whichever the token is for.</param>
    /// <param name="address">The client's address; null if it comes over no network.</param>
    /// <param name="cancellationToken">Gives up: the connection is gone.</param>
    /// <param name="userId">Number of the user who logs in, who keeps its name if an account is made of it; 0 for nobody who is in.</param>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<(Account? Account, string Refusal, LoginProof? Proof)> TryAsync(
        string token, string actFor, IPAddress? address, CancellationToken cancellationToken, long userId = 0)
    {
        // For which account is known when the token is; until then it is an attempt of the address.
        using var attempt = await attempts.BeginAsync(address, default, cancellationToken);
        if (attempt.Refusal is { } refusal)
        {
            return (null, refusal, null);
        }

        var (account, fault, proof) = await accounts.Queue.RunAsync(address, turn => CheckAsync(token, actFor, userId, turn), cancellationToken);
        if (account is not null)
        {
            attempt.TakeBack();
        }

        return (account, fault, proof);
    }

    /// <summary>The account that belongs to somebody whom the provider vouches for, made where the settings say so; or why there is none.</summary>
    public async Task<(Account? Account, string Refusal)> FindAsync(BearerClaims claims, string actFor, CancellationToken cancellationToken, long userId = 0)
    {
        if (await accounts.Store.FindByOutsideAsync(claims.Identity, cancellationToken) is { } known)
        {
            return Allows(actFor, known.Name) ? (known, "") : (null, LoginRefusals.NobodyElse);
        }

        if (options.OutsideAccounts == OutsideAccountPolicy.Existing)
        {
            return (null, "No account here is yours yet: ask the operator of this server to bind one to you");
        }

        if (!UserName.TryParse(claims.Name, out var name))
        {
            return (null, $"The token has no name in {options.OidcClaim} that an account could have: ask the operator of this server to bind one to you");
        }

        if (!Allows(actFor, name))
        {
            return (null, LoginRefusals.NobodyElse);
        }

        var (made, refusal) = await accounts.MakeOutsideAsync(name, claims.Identity, userId, cancellationToken);
        if (made is not null)
        {
            Log.OutsideAccountMade(logger, made.Name.Value, claims.Identity.ToString());
        }

        return (made, refusal?.Reason ?? "");
    }

    private async Task<(Account? Account, string Refusal, LoginProof? Proof)> CheckAsync(string token, string actFor, long userId, CancellationToken cancellationToken)
    {
        try
        {
            // Not on the caller's thread: it may be that of a socket loop, and a signature is work.
            var (claims, fault) = await Task.Run(() => validator.ValidateAsync(token, cancellationToken), cancellationToken);
            if (claims is null)
            {
                return (null, fault, null);
            }

            var (account, refusal) = await FindAsync(claims, actFor, cancellationToken, userId);
            return (account, refusal, new LoginProof { Outside = claims.Identity.ToString() });
        }
        catch (IdentityProviderException)
        {
            return (null, "Tokens cannot be checked now, try again later", null);
        }
    }

    private static bool Allows(string actFor, UserName name) => actFor.Length == 0 || string.Equals(actFor, name.Value, StringComparison.OrdinalIgnoreCase);
}
