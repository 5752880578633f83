using System.Globalization;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Server;

/// <summary><c>INFO</c>: what this program is (https://modern.ircdocs.horse/#info-message).</summary>
internal sealed class InfoCommand() : IrcCommand("INFO", "", "says what this program is")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!await IrcServers.IsForUsAsync(session, request[0], cancellationToken))
        {
            return true;
        }

        string[] lines =
        [
            $"{IrcSupport.Version}: a chat server that anything can talk to",
            "One set of rooms and names for IRC, nc and telnet, terminal clients and bots",
            "HELP lists the commands",
            string.Create(CultureInfo.InvariantCulture, $"Up since {session.Context.Started:yyyy-MM-dd HH:mm:ss} UTC"),
        ];
        foreach (var line in lines)
        {
            session.Numeric(IrcNumeric.RPL_INFO, $":{line}");
        }

        session.Numeric(IrcNumeric.RPL_ENDOFINFO, ":End of INFO list");
        return true;
    }
}
