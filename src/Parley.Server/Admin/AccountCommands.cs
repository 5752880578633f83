using System.Globalization;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Server.Accounts;

namespace Parley.Server.Admin;

/// <summary>Commands of an administrator about accounts.</summary>
internal sealed class AccountCommands(AccountService accounts, PasswordLogin passwords, SshKeyLogin keys, LoginRevocation revocation, ILogger<AccountCommands> logger)
{
    /// <summary>Does what is asked; null if it is no command about accounts.</summary>
    public async Task<AdminAnswer?> RunAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.Command switch
            {
                "accounts" => new AdminAnswer { Accounts = [.. (await accounts.Store.ListAsync(cancellationToken)).Select(Shown)] },
                "account" => await FindAsync(request, cancellationToken),
                "register" => await RegisterAsync(request, cancellationToken),
                "password" => await SetPasswordAsync(request, cancellationToken),
                "account-added" => await AddedAsync(request, cancellationToken),
                "password-changed" => await ProofWithdrawnAsync(request, LoginRevocation.AnotherPassword),
                "proof-removed" => await ProofWithdrawnAsync(request, LoginRevocation.ProofRemoved),
                "check" => await CheckAsync(request, cancellationToken),
                "ticket" => await TicketAsync(request, cancellationToken),
                _ => null,
            };
        }
        catch (AccountStoreException)
        {
            return AdminAnswer.Fail("Accounts cannot be looked up now, try again later");
        }
    }

    private const AdminScopes AllScopes = AdminScopes.Read | AdminScopes.Accounts | AdminScopes.Server | AdminScopes.Moderation | AdminScopes.Rooms;

    private static AdminAccount Shown(Account account) => new(account.Name.Value, account.Email, account.Created);

    private async Task<AdminAnswer> FindAsync(AdminRequest request, CancellationToken cancellationToken)
        => UserName.TryParse(request.User, out var name) && await accounts.FindAsync(name, cancellationToken) is { } account
            ? new AdminAnswer { Accounts = [Shown(account)] }
            : Missing(request);

    private async Task<AdminAnswer> RegisterAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (!UserName.TryParse(request.User, out var name))
        {
            return new AdminAnswer { Error = $"'{request.User}' is not the name of an account", Code = "INVALID_ACCOUNT_NAME" };
        }

        var (account, refusal) = await accounts.MakeForOperatorAsync(name, request.Password ?? "", request.Text, cancellationToken);
        if (account is null)
        {
            return Refused(refusal!);
        }

        Log.AdminDid(logger, "register", account.Name.Value, "an account was made");
        return new AdminAnswer { Accounts = [Shown(account)] };
    }

    private async Task<AdminAnswer> SetPasswordAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (!UserName.TryParse(request.User, out var name) || await accounts.FindAsync(name, cancellationToken) is not { } account)
        {
            return Missing(request);
        }

        // With its password goes the right to everything that its class may do.
        if (request.Scopes is { } scopes && scopes != AllScopes
            && await accounts.Store.GetValueAsync(account.Id, OperatorClass.Kind, OperatorClass.Key, cancellationToken) is not null)
        {
            return new AdminAnswer
            {
                Error = $"{account.Name} may become an operator of the server, which takes a token for everything: parley account password {account.Name}",
                Code = "ACCOUNT_IS_OPERATOR",
            };
        }

        if (await accounts.ChangePasswordAsync(name, request.Password ?? "", cancellationToken) is { } refusal)
        {
            return Refused(refusal);
        }

        await revocation.EndAsync(account.Id, except: []);
        Log.AdminDid(logger, "password", account.Name.Value, "it has another password");
        return new AdminAnswer { Accounts = [Shown(account)] };
    }

    /// <summary>An account that was made in the store beside this server.</summary>
    private async Task<AdminAnswer> AddedAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (!UserName.TryParse(request.User, out var name) || await accounts.FindAsync(name, cancellationToken) is not { } account)
        {
            return Missing(request);
        }

        await accounts.FreeNameAsync(account, userId: 0, cancellationToken);
        return new AdminAnswer();
    }

    /// <summary>An account that was given another password in the store beside this server, or that lost another way in.</summary>
    private async Task<AdminAnswer> ProofWithdrawnAsync(AdminRequest request, string words)
    {
        if (!long.TryParse(request.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return AdminAnswer.Fail($"'{request.Text}' is no number of an account");
        }

        await revocation.EndAsync(new AccountId(id), except: [], words);
        return new AdminAnswer();
    }

    /// <summary>Within the limits on attempts for one account: whoever asks for others is no way around them.</summary>
    private async Task<AdminAnswer> CheckAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        var (account, refusal, _) = await passwords.TryAsync(request.User ?? "", request.Password ?? "", address: null, cancellationToken, takesTokens: false);
        return account is null ? new AdminAnswer { Error = refusal, Code = "INVALID_CREDENTIALS" } : new AdminAnswer { Accounts = [Shown(account)] };
    }

    private async Task<AdminAnswer> TicketAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (!SshKey.TryParse(request.Text ?? "", out var key))
        {
            return new AdminAnswer { Error = "This is no public key of SSH that can be used", Code = "INVALID_KEY" };
        }

        return await keys.IssueAsync(key, cancellationToken) is var (account, ticket)
            ? new AdminAnswer { Accounts = [Shown(account)], Ticket = ticket }
            : new AdminAnswer { Error = $"No account has the key {key.Fingerprint}", Code = "UNKNOWN_KEY" };
    }

    private static AdminAnswer Missing(AdminRequest request)
        => new() { Error = $"There is no account {request.User}", Code = "ACCOUNT_DOES_NOT_EXIST" };

    private static AdminAnswer Refused(AccountRefusal refusal) => new()
    {
        Error = refusal.Reason,
        Code = refusal.Kind switch
        {
            AccountRefusalKind.NameTaken => "ACCOUNT_EXISTS",
            AccountRefusalKind.NoSuchAccount => "ACCOUNT_DOES_NOT_EXIST",
            AccountRefusalKind.WeakPassword or AccountRefusalKind.UnacceptablePassword => "INVALID_PASSPHRASE",
            AccountRefusalKind.InvalidEmail => "INVALID_EMAIL",
            _ => "CREDENTIALS_EXTERNALLY_MANAGED",
        },
    };
}
