using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Server;

/// <summary><c>SUMMON user</c>: calls somebody at the machine itself, which is not done any more (https://www.rfc-editor.org/rfc/rfc2812#section-4.5).</summary>
internal sealed class SummonCommand() : IrcCommand("SUMMON", "user", "has been disabled")
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        session.Numeric(IrcNumeric.ERR_SUMMONDISABLED, ":SUMMON has been disabled");
        return new(true);
    }
}
