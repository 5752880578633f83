using System.Globalization;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary><c>WHOWAS nick [count]</c>: who wore a name before (https://modern.ircdocs.horse/#whowas-message).</summary>
internal sealed class WhowasCommand() : IrcCommand("WHOWAS", "nick [count]", "says who wore a name before")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (request[0].Length == 0)
        {
            session.Numeric(IrcNumeric.ERR_NONICKNAMEGIVEN, ":No nickname given");
            return true;
        }

        var nick = request[0].Split(' ')[0];
        IEnumerable<PastUser> past = UserName.TryParse(nick, out var name) ? await session.LookAsync(new FindPastUsers(name), cancellationToken) : [];
        if (int.TryParse(request[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
        {
            past = past.Take(count);
        }

        var isKnown = false;
        foreach (var (user, until) in past)
        {
            isKnown = true;
            session.Numeric(IrcNumeric.RPL_WHOWASUSER, $"{user.Name.Value} {user.Profile.Ident} {user.Profile.Host} * :{IrcEvents.RealName(user)}");
            session.Numeric(IrcNumeric.RPL_WHOISSERVER, string.Create(CultureInfo.InvariantCulture, $"{user.Name.Value} {session.Context.ServerName} :{until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"));
        }

        if (!isKnown)
        {
            session.Numeric(IrcNumeric.ERR_WASNOSUCHNICK, $"{nick} :There was no such nickname");
        }

        session.Numeric(IrcNumeric.RPL_ENDOFWHOWAS, $"{nick} :End of WHOWAS");
        return true;
    }
}
