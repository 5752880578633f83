using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Accounts.Outside;

/// <summary>
/// Issues what a browser shows to log in again, once its owner has logged in at the identity provider. Of a ticket the hash is kept, with
/// the account: it ends with the account, with the identity that it was given for, and after so many days.
/// </summary>
internal sealed class LoginTickets(AccountService accounts, ParleyOptions options, TimeProvider time)
{
    /// <summary>Tickets of one account; the oldest make room. As many browsers may one person have.</summary>
    public const int MaxOfAccount = 20;

    private const string Kind = "login-ticket";
    private const int SecretBytes = 32;

    /// <summary>Issues a ticket to an account's owner.</summary>
    public async ValueTask<string> IssueAsync(Account account, OutsideIdentity identity, CancellationToken cancellationToken)
    {
        var known = await accounts.Store.ListValuesAsync(account.Id, Kind, cancellationToken);
        var now = time.GetUtcNow();
        var byEnd = known.Select(ticket => (ticket.Key, Until: UntilOf(ticket.Value))).OrderByDescending(ticket => ticket.Until).ToList();
        foreach (var (key, _) in byEnd.Where((ticket, index) => ticket.Until <= now || index >= MaxOfAccount - 1))
        {
            await accounts.Store.SetValueAsync(account.Id, Kind, key, null, cancellationToken);
        }

        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var until = now.AddDays(options.OidcPageDays).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await accounts.Store.SetValueAsync(account.Id, Kind, HashOf(secret), $"{until} {identity}", cancellationToken);
        return $"{account.Name.Value}.{secret}";
    }

    /// <summary>The account whose ticket this is; null if it is none, or does not hold any more.</summary>
    public async ValueTask<Account?> FindAsync(string ticket, CancellationToken cancellationToken)
    {
        var name = OwnerOf(ticket);
        var secret = ticket[(ticket.LastIndexOf('.') + 1)..];
        if (name.IsEmpty
            || await accounts.FindAsync(name, cancellationToken) is not { } account
            || await accounts.Store.GetValueAsync(account.Id, Kind, HashOf(secret), cancellationToken) is not { } value
            || UntilOf(value) <= time.GetUtcNow())
        {
            return null;
        }

        // Who was told apart from this account since has no business with it.
        var identities = await accounts.Store.ListOutsideAsync(name, cancellationToken);
        return identities.Any(identity => value.EndsWith($" {identity}", StringComparison.Ordinal)) ? account : null;
    }

    /// <summary>The account of somebody whom the provider knows; null if there is none any more.</summary>
    public ValueTask<Account?> OwnerAsync(OutsideIdentity identity, CancellationToken cancellationToken)
        => accounts.Store.FindByOutsideAsync(identity, cancellationToken);

    /// <summary>The name that a ticket claims to be of; empty if it claims none.</summary>
    public static UserName OwnerOf(string ticket) => UserName.TryParse(ticket[..Math.Max(0, ticket.LastIndexOf('.'))], out var name) ? name : default;

    private static DateTimeOffset UntilOf(string value)
        => long.TryParse(value.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds())) : default;

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
