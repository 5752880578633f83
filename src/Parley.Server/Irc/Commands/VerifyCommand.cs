namespace Parley.Server.Irc.Commands;

/// <summary>
/// <c>VERIFY account code</c>: nothing here waits to be verified, so no code is right
/// (https://ircv3.net/specs/extensions/account-registration).
/// </summary>
internal sealed class VerifyCommand() : IrcCommand("VERIFY", minParameters: 2, isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (session.Registration.Login is { Name: var account })
        {
            session.Fail(Word, "ALREADY_AUTHENTICATED", "You are logged in already", account.Value);
        }
        else
        {
            session.Fail(Word, "INVALID_CODE", "There is nothing to verify: accounts are good as soon as they are made", IrcTexts.Word(request[0]));
        }

        return new(true);
    }
}
