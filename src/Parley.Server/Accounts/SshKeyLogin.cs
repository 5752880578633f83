using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Server.Accounts;

/// <summary>Log-in by a ticket that a program on this machine was given for whoever has a key of an account.</summary>
internal sealed class SshKeyLogin(IAccountStore accounts, OneTimeTickets tickets)
{
    /// <summary>Issues a ticket for the account whose owner has a key of SSH; null if no account has it.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<(Account Account, string Ticket)?> IssueAsync(SshKey key, CancellationToken cancellationToken)
        => await accounts.FindBySshKeyAsync(key, cancellationToken) is { } account ? (account, tickets.Issue(account.Id, key)) : null;

    /// <summary>The account if the text is a ticket for it, and the proof; null if it is none, and may be a password, or if the account has the key no more.</summary>
    public async ValueTask<(Account Account, LoginProof Proof)?> TryAsync(UserName name, string text, CancellationToken cancellationToken)
    {
        try
        {
            return OneTimeTickets.IsForm(text)
                && await accounts.FindAsync(name, cancellationToken) is { Account: var account }
                && tickets.Use(text, account.Id) is { } key
                && (await accounts.FindBySshKeyAsync(key, cancellationToken))?.Id == account.Id
                    ? (account, new LoginProof { Key = key.Fingerprint }) : null;
        }
        catch (AccountStoreException)
        {
            // The password's turn, which fails as well and says so.
            return null;
        }
    }
}
