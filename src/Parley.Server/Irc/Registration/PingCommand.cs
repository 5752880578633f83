using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Registration;

/// <summary><c>PING token</c>: whether the server is there (https://modern.ircdocs.horse/#ping-message).</summary>
internal sealed class PingCommand() : IrcCommand("PING", "token", "has the server answer with PONG", isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (request[0].Length == 0)
        {
            session.Numeric(IrcNumeric.ERR_NOORIGIN, ":No origin specified");
        }
        else
        {
            session.Line($"PONG {session.Context.ServerName} :{request[0]}");
        }

        return new(true);
    }
}
