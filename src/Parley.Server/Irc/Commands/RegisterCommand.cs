using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Accounts;

namespace Parley.Server.Irc.Commands;

/// <summary>
/// <c>REGISTER account|* email|* password</c>: makes an account, and logs in to it
/// (https://ircv3.net/specs/extensions/account-registration).
/// </summary>
internal sealed class RegisterCommand() : IrcCommand("REGISTER", minParameters: 3, isBeforeRegistration: true)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var wanted = request[0];
        var nick = session.Session.User?.Name ?? session.Registration.Name;
        if (session.Registration.Login is { } login)
        {
            session.Fail(Word, "ALREADY_AUTHENTICATED", "You are logged in already", login.Name.Value);
        }
        else if (string.Equals(wanted, "*", StringComparison.Ordinal) && nick.IsEmpty)
        {
            session.Fail(Word, "NEED_NICK", "Send NICK first, or name the account", wanted);
        }
        else if (!(string.Equals(wanted, "*", StringComparison.Ordinal) ? UserName.TryParse(nick.Value, out var name) : UserName.TryParse(wanted, out name)))
        {
            session.Fail(Word, "BAD_ACCOUNT_NAME", NameWords.Rule(wanted, "Account names"), IrcTexts.Word(wanted));
        }
        else if (await session.LookAsync(new FindUser(name), cancellationToken) is { Actor.UserId: var wearer } && wearer != session.Session.User?.Id)
        {
            session.Fail(Word, "BAD_ACCOUNT_NAME", $"{name} is worn by somebody else who is here: choose another name", name.Value);
        }
        else if (!session.Context.LoginAttempts.TryBegin(session.Peer.Address, default, out var refusal))
        {
            session.Fail(Word, "TEMPORARILY_UNAVAILABLE", refusal, name.Value);
        }
        else
        {
            await RegisterAsync(session, name, request[1], request[2], cancellationToken);
        }

        return true;
    }

    private async ValueTask RegisterAsync(IrcSession session, UserName name, string email, string password, CancellationToken cancellationToken)
    {
        Account? account;
        AccountRefusal? refusal;
        try
        {
            var address = string.Equals(email, "*", StringComparison.Ordinal) ? null : email;
            (account, refusal) = await session.Context.Accounts.MakeAsync(name, password, address, cancellationToken);
        }
        catch (AccountStoreException)
        {
            session.Context.AccountWatch.HasFailed();
            session.Fail(Word, "TEMPORARILY_UNAVAILABLE", "Accounts cannot be made now, try again later", name.Value);
            return;
        }

        if (account is null)
        {
            session.Fail(Word, CodeOf(refusal!.Kind), refusal.Reason, name.Value);
            return;
        }

        session.Line($"REGISTER SUCCESS {name.Value} :Account created");
        await session.Login.LogInAsync(account.Proven, cancellationToken);
    }

    private static string CodeOf(AccountRefusalKind kind) => kind switch
    {
        AccountRefusalKind.UnacceptableName => "BAD_ACCOUNT_NAME",
        AccountRefusalKind.NameTaken => "ACCOUNT_EXISTS",
        AccountRefusalKind.WeakPassword => "WEAK_PASSWORD",
        AccountRefusalKind.UnacceptablePassword => "UNACCEPTABLE_PASSWORD",
        AccountRefusalKind.InvalidEmail => "INVALID_EMAIL",
        _ => "TEMPORARILY_UNAVAILABLE",
    };
}
