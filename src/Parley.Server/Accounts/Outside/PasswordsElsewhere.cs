using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Accounts.Outside;

/// <summary>Passwords of which a program outside of the server decides, for names of which it decides, too.</summary>
internal sealed class PasswordsElsewhere(AuthCommand command, ParleyOptions options, ILogger<PasswordsElsewhere> logger)
{
    /// <summary>The account of that name, made where the settings say so, if the program says that this is its password; null if not.</summary>
    /// <exception cref="AuthCommandException">The program has not decided.</exception>
    public async Task<Account?> VerifyAsync(AccountService accounts, UserName name, string password, CancellationToken cancellationToken)
    {
        // What has control characters is nobody's password, and would be read as more than one line.
        if (name.IsEmpty || !PasswordText.TryPrepare(password, out _) || !await command.VouchesForAsync(name, password, cancellationToken))
        {
            return null;
        }

        if (await accounts.FindAsync(name, cancellationToken) is { } account)
        {
            return account;
        }

        if (options.OutsideAccounts == OutsideAccountPolicy.Existing)
        {
            Log.OutsideAccountMissing(logger, name.Value);
            return null;
        }

        var (made, _) = await accounts.MakeOutsideAsync(name, identity: null, cancellationToken);
        if (made is not null)
        {
            Log.OutsideAccountMade(logger, made.Name.Value, options.AuthCommand);
        }

        return made;
    }
}
