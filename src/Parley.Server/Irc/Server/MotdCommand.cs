using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Server;

/// <summary><c>MOTD [server]</c>: what the server has to say today (https://modern.ircdocs.horse/#motd-message).</summary>
internal sealed class MotdCommand() : IrcCommand("MOTD", "[server]", "shows what the server has to say today")
{
    public static void Write(IrcSession session)
    {
        var lines = session.Context.Files.Motd;
        if (lines.Count == 0)
        {
            session.Numeric(IrcNumeric.ERR_NOMOTD, ":MOTD File is missing");
            return;
        }

        session.Numeric(IrcNumeric.RPL_MOTDSTART, $":- {session.Context.ServerName} Message of the day - ");
        foreach (var line in lines)
        {
            session.Numeric(IrcNumeric.RPL_MOTD, $":- {line}");
        }

        session.Numeric(IrcNumeric.RPL_ENDOFMOTD, ":End of /MOTD command.");
    }

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (await IrcServers.IsForUsAsync(session, request[0], cancellationToken))
        {
            Write(session);
        }

        return true;
    }
}
