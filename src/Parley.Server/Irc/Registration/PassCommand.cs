using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Registration;

/// <summary><c>PASS password</c>: what one has to know to come in, on a server that asks; others take any (https://modern.ircdocs.horse/#pass-message).</summary>
internal sealed class PassCommand() : IrcCommand(
    "PASS", "password", "gives the password that the server may ask for, before NICK and USER", minParameters: 1, isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (session.Session.User is not null)
        {
            session.Numeric(IrcNumeric.ERR_ALREADYREGISTERED, ":You may not reregister");
        }
        else
        {
            session.Registration.Password = request[0];
        }

        return new(true);
    }
}
