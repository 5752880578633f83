using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Has people who forgot their password set another by a code that is sent to the e-mail address of their account.</summary>
/// <remarks>
/// An answer MUST NOT tell, not by its time either, if there is such an account or if it has an address. So accounts are looked up,
/// and letters sent, behind the answer. Only an address that its owner has proven is a key to an account.
/// </remarks>
internal sealed class AccountRecovery(
    AccountService accounts, CodePost post, LoginAttempts attempts, LoginRevocation revocation, ParleyOptions options, ILogger<AccountRecovery> logger) : BackgroundService
{
    /// <summary>Requests that wait for the mail server; whoever comes then is told nothing else, and asks again.</summary>
    private const int MaxWaiting = 100;

    private readonly Channel<UserName> _waiting = Channel.CreateBounded<UserName>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>True if letters can be sent, and passwords are kept here.</summary>
    public bool IsOn => post.IsOn && accounts.Elsewhere is null;

    /// <summary>Has a code sent, if there is where to; the result is for the person, without a full stop, and the same for every name.</summary>
    /// <param name="name">The account, as it was typed.</param>
    /// <param name="address">Address of the client; null if it comes over no network.</param>
    public (bool IsTaken, string Words) Begin(string name, IPAddress? address)
    {
        if (accounts.Elsewhere is not null)
        {
            return (false, "Passwords are kept elsewhere, for another server or service: recover yours there");
        }

        if (post.RefusalTo(address) is { } refusal)
        {
            return (false, refusal);
        }

        if (!UserName.TryParse(name, out var user))
        {
            return (false, NameWords.Rule(name, "Account names"));
        }

        _waiting.Writer.TryWrite(user);
        return (true, $"If {user} is an account with a proven e-mail address, a code is on its way there");
    }

    /// <summary>Sets another password by a code; why not, for people, or null.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<string?> EndAsync(string name, string code, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        if (!UserName.TryParse(name, out var user))
        {
            return NameWords.Rule(name, "Account names");
        }

        // A password that will not do uses no code up.
        if (PasswordRule.Check(user, password, options.MinPasswordLength, out _) is { } weak)
        {
            return weak.Reason;
        }

        using var attempt = await attempts.BeginAsync(address, user, cancellationToken);
        if (attempt.Refusal is { } limit)
        {
            return limit;
        }

        if (await post.TakeAsync(code, MailCodeKind.Recovery, user, cancellationToken) is not { } taken
            || await accounts.FindAsync(user, cancellationToken) is not { } account || account.Id != taken.Account)
        {
            return Registrar.WrongCode;
        }

        if (await accounts.ChangePasswordAsync(account.Name, password, cancellationToken) is { } refusal)
        {
            return refusal.Reason;
        }

        attempt.Succeed();
        Log.AccountRecovered(logger, account.Name.Value);
        await revocation.EndAsync(account.Id, except: []);
        return null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var name in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                await SendCodeAsync(name, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end, also of a host that is disposed of and was not stopped before, which takes an exception for a failure.
        }
    }

    private async Task SendCodeAsync(UserName name, CancellationToken cancellationToken)
    {
        try
        {
            if (await accounts.FindAsync(name, cancellationToken) is { IsEmailProven: true, Email: { } email } account)
            {
                // What could not be sent is in the log.
                await post.SendAsync(new MailCode("", MailCodeKind.Recovery, account.Name, email, default) { Account = account.Id }, cancellationToken);
            }
        }
        catch (AccountStoreException e)
        {
            Log.RecoveryFailed(logger, e.Message);
        }
    }
}
