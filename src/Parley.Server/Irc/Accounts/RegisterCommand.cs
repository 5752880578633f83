using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Accounts;

/// <summary>
/// <c>REGISTER account|* email|* password [invitation]</c>: makes an account, and logs in to it
/// (https://ircv3.net/specs/extensions/account-registration). A password with spaces can only stand last: the invitation may then stand with the
/// address, or in its place (<c>REGISTER ann ann@example.org,K7QD-93XM-ZT4R-0HWN :correct horse</c>).
/// </summary>
internal sealed class RegisterCommand() : IrcCommand(
    "REGISTER", "account|* email|* password", "makes an account", minParameters: 3, isBeforeRegistration: true)
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
        else
        {
            await RegisterAsync(session, name, request, cancellationToken);
        }

        return true;
    }

    private async ValueTask RegisterAsync(IrcSession session, UserName name, IrcRequest request, CancellationToken cancellationToken)
    {
        // What is an invitation is known by its form: no address has it.
        var with = request[1].Split(',');
        var invitation = request.Count > 3 ? request[3] : Array.Find(with, SecretCode.IsForm);
        var email = invitation is null || request.Count > 3 ? request[1] : string.Join(',', with.Where(word => word != invitation));
        var wish = new RegistrationWish(name, request[2])
        {
            Email = email is "*" or "" ? null : email,
            Invitation = invitation ?? "",
            UserId = session.Session.User?.Id ?? 0,
        };
        try
        {
            var outcome = await session.Context.Access.Desk!.Registrar.RegisterAsync(wish, session.Peer.Address, cancellationToken);
            await AnswerAsync(session, Word, name, outcome, cancellationToken);
        }
        catch (AccountStoreException)
        {
            session.Context.AccountWatch.HasFailed();
            session.Fail(Word, "TEMPORARILY_UNAVAILABLE", "Accounts cannot be made now, try again later", name.Value);
        }
    }

    /// <summary>Says what has come of an account, and logs in to it if it was made.</summary>
    public static async ValueTask AnswerAsync(IrcSession session, string word, UserName name, RegistrationOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Refusal is { } refusal)
        {
            session.Fail(word, CodeOf(refusal.Kind), refusal.Reason, name.Value);
        }
        else if (outcome.Account is not { } account)
        {
            session.Line($"{word} VERIFICATION_REQUIRED {name.Value} :{outcome.Words}");
        }
        else
        {
            session.Line($"{word} SUCCESS {account.Name.Value} :Account created{(outcome.Words.Length == 0 ? "" : $". {outcome.Words}")}");
            await AccountEntry.LogInAsync(session, new(account.Proven, outcome.Proof), cancellationToken);
        }
    }

    private static string CodeOf(AccountRefusalKind kind) => kind switch
    {
        AccountRefusalKind.UnacceptableName or AccountRefusalKind.NameWorn => "BAD_ACCOUNT_NAME",
        AccountRefusalKind.NameTaken => "ACCOUNT_EXISTS",
        AccountRefusalKind.WeakPassword => "WEAK_PASSWORD",
        AccountRefusalKind.UnacceptablePassword => "UNACCEPTABLE_PASSWORD",
        AccountRefusalKind.InvalidEmail => "INVALID_EMAIL",
        AccountRefusalKind.InvalidCode => "INVALID_CODE",
        AccountRefusalKind.InvalidInvitation => "INVALID_INVITATION",
        _ => "TEMPORARILY_UNAVAILABLE",
    };
}
