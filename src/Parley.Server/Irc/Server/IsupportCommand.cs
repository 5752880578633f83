using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Server;

/// <summary><c>ISUPPORT</c>: what the server supports, also before registration (https://ircv3.net/specs/extensions/extended-isupport).</summary>
internal sealed class IsupportCommand() : IrcCommand("ISUPPORT", "", "says what the server supports", isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (session.Session.User is null && !session.Has(IrcCapabilities.ExtendedIsupport))
        {
            session.Numeric(IrcNumeric.ERR_NOTREGISTERED, ":You have not registered");
        }
        else
        {
            IrcSupport.Write(session);
        }

        return new(true);
    }
}
