using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Accounts;

/// <summary>
/// <c>VERIFY account code</c>: makes the account for which a code was sent by e-mail, and logs in to it
/// (https://ircv3.net/specs/extensions/account-registration).
/// </summary>
internal sealed class VerifyCommand() : IrcCommand(
    "VERIFY", "account code", "proves that an account is yours", minParameters: 2, isBeforeRegistration: true)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (session.Registration.Login is { Name: var account })
        {
            session.Fail(Word, "ALREADY_AUTHENTICATED", "You are logged in already", account.Value);
        }
        else if (!UserName.TryParse(request[0], out var name))
        {
            session.Fail(Word, "INVALID_CODE", Registrar.WrongCode, IrcTexts.Word(request[0]));
        }
        else
        {
            await VerifyAsync(session, name, request[1], cancellationToken);
        }

        return true;
    }

    private async ValueTask VerifyAsync(IrcSession session, UserName name, string code, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await session.Context.Access.Desk!.Registrar.VerifyAsync(name, code, session.Session.User?.Id ?? 0, session.Peer.Address, cancellationToken);
            await RegisterCommand.AnswerAsync(session, Word, name, outcome, cancellationToken);
        }
        catch (AccountStoreException)
        {
            session.Context.AccountWatch.HasFailed();
            session.Fail(Word, "TEMPORARILY_UNAVAILABLE", "Accounts cannot be made now, try again later", name.Value);
        }
    }
}
