using System.Net;
using Parley.Core.Accounts;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Has the owner of an account show that mail at an address is read.</summary>
internal sealed class AddressProof(AccountService accounts, CodePost post, LoginAttempts attempts)
{
    /// <summary>Sends a code to an address; the result is for the person, without a full stop.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<string> BeginAsync(ProvenAccount account, string email, IPAddress? address, CancellationToken cancellationToken)
    {
        if (!MailAddresses.IsAddress(email))
        {
            return "That is no e-mail address: give one such as ann@example.org";
        }

        return post.RefusalTo(address)
            ?? (await post.SendAsync(new MailCode("", MailCodeKind.Address, account.Name, email, default) { Account = account.Id }, cancellationToken)).Refusal
            ?? $"A code was sent to {email}: your account has that address when you give it back";
    }

    /// <summary>Takes the code, from the account's owner; the result is for the person, without a full stop.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<(bool IsProven, string Words)> EndAsync(ProvenAccount account, string code, IPAddress? address, CancellationToken cancellationToken)
    {
        using var attempt = await attempts.BeginAsync(address, account.Name, cancellationToken);
        if (attempt.Refusal is { } limit)
        {
            return (false, limit);
        }

        if (await post.TakeAsync(code, MailCodeKind.Address, account.Name, cancellationToken) is not { } taken || taken.Account != account.Id)
        {
            return (false, Registrar.WrongCode);
        }

        attempt.TakeBack();
        var before = await accounts.FindAsync(account.Name, cancellationToken);
        if (!await accounts.Store.SetEmailAsync(account.Id, taken.Email, cancellationToken))
        {
            return (false, Registrar.WrongCode);
        }

        // Codes that were sent to the address before are none any more, and its owner hears of it: it may not be they who changed it.
        await post.ForgetAsync(account.Id);
        if (before is { IsEmailProven: true, Email: { } email } && !email.Equals(taken.Email, StringComparison.OrdinalIgnoreCase))
        {
            await post.TellMovedAsync(account.Name, email);
        }

        return (true, $"Your account has the e-mail address {taken.Email}");
    }
}
