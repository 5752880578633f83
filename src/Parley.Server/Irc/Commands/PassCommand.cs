using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary><c>PASS password</c>: a server that asks for none takes any (https://modern.ircdocs.horse/#pass-message).</summary>
internal sealed class PassCommand() : IrcCommand("PASS", minParameters: 1, isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (session.Session.User is not null)
        {
            session.Numeric(IrcNumeric.ERR_ALREADYREGISTERED, ":You may not reregister");
        }

        return new(true);
    }
}
