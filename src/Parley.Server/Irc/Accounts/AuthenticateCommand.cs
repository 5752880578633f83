using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Accounts;

/// <summary><c>AUTHENTICATE mechanism|base64|+|*</c>: logs in to an account (https://ircv3.net/specs/extensions/sasl-3.1).</summary>
internal sealed class AuthenticateCommand() : IrcCommand(
    "AUTHENTICATE", "mechanism|base64|+|*", "logs in to an account (SASL)", minParameters: 1, isBeforeRegistration: true)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        await session.Login.TakeAsync(request[0], (account, token) => AccountEntry.LogInAsync(session, account, token), cancellationToken);
        return true;
    }
}
