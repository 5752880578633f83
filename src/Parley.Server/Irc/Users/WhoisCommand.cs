using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Server;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary><c>WHOIS [server] nick{,nick}</c>: all that may be known of somebody (https://modern.ircdocs.horse/#whois-message).</summary>
internal sealed class WhoisCommand() : IrcCommand("WHOIS", "[server] nick{,nick}", "says what may be known of somebody")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var nicks = request.Count > 1 ? request[1] : request[0];
        if (nicks.Length == 0)
        {
            session.Numeric(IrcNumeric.ERR_NONICKNAMEGIVEN, ":No nickname given");
            return true;
        }

        // Whoever names a user twice wants it from the server that it is on: if it is on none, it is the user that is not here.
        var asksWhereItIs = request.Count > 1 && string.Equals(request[0], request[1], StringComparison.OrdinalIgnoreCase);
        if (request.Count > 1 && !asksWhereItIs && !await IrcServers.IsForUsAsync(session, request[0], cancellationToken))
        {
            return true;
        }

        foreach (var nick in IrcTexts.List(nicks).Take(session.Context.Options.MaxRecipients))
        {
            if (UserName.TryParse(nick, out var name) && await session.LookAsync(new FindUser(name), cancellationToken) is { } user)
            {
                IrcWhois.Write(session, user);
            }
            else
            {
                session.Numeric(IrcNumeric.ERR_NOSUCHNICK, $"{nick.Split(' ')[0]} :No such nick/channel");
            }
        }

        session.Numeric(IrcNumeric.RPL_ENDOFWHOIS, $"{nicks.Split(' ')[0]} :End of /WHOIS list");
        return true;
    }
}
