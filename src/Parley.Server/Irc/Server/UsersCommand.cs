using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Server;

/// <summary><c>USERS</c>: who sits at the machine itself, which is nobody's business (https://www.rfc-editor.org/rfc/rfc2812#section-4.6).</summary>
internal sealed class UsersCommand() : IrcCommand("USERS", "", "has been disabled")
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        session.Numeric(IrcNumeric.ERR_USERSDISABLED, ":USERS has been disabled");
        return new(true);
    }
}
