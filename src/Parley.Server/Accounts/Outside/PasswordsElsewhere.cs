using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Accounts.Outside;

/// <summary>Passwords of which a program outside of the server decides, for names of which it decides, too.</summary>
internal sealed class PasswordsElsewhere(AuthCommand command, ParleyOptions options, ILogger<PasswordsElsewhere> logger)
{
    /// <summary>The account of that name, made where the settings say so, if the program says that this is its password; null if not.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="name">The name as it was typed. The program is asked for the account's own where there is one: names of one account may be several people's to it.</param>
    /// <param name="password">The password.</param>
    /// <param name="userId">Number of the user who logs in, who keeps the name if it wears it and the account is made; 0 for nobody who is in.</param>
    /// <param name="cancellationToken">Gives up: the client has gone.</param>
    /// <exception cref="AuthCommandException">The program has not decided.</exception>
    public async Task<Account?> VerifyAsync(AccountService accounts, UserName name, string password, long userId, CancellationToken cancellationToken)
    {
        // What has control characters is nobody's password, and would be read as more than one line.
        if (name.IsEmpty || !PasswordText.TryPrepare(password, out _))
        {
            return null;
        }

        var asked = await accounts.FindAsync(name, cancellationToken) is { } known ? known.Name : name;
        if (!await command.VouchesForAsync(asked, password, cancellationToken))
        {
            return null;
        }

        if (await accounts.FindAsync(name, cancellationToken) is { } account)
        {
            // It may have been made meanwhile, and for another spelling.
            return IsSpelled(account.Name, asked) || await command.VouchesForAsync(account.Name, password, cancellationToken) ? account : null;
        }

        if (options.OutsideAccounts == OutsideAccountPolicy.Existing)
        {
            Log.OutsideAccountMissing(logger, name.Value);
            return null;
        }

        var (made, _) = await accounts.MakeOutsideAsync(asked, identity: null, userId, cancellationToken);
        if (made is null)
        {
            // Another connection of the same person was quicker.
            return await accounts.FindAsync(asked, cancellationToken) is { } other && IsSpelled(other.Name, asked) ? other : null;
        }

        Log.OutsideAccountMade(logger, made.Name.Value, options.AuthCommand);
        return made;
    }

    private static bool IsSpelled(UserName name, UserName asked) => string.Equals(name.Value, asked.Value, StringComparison.Ordinal);
}
