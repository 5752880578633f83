using System.Globalization;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Server;

/// <summary><c>STATS u|o [server]</c>: how long the server has been up; to operators, who may become one (https://modern.ircdocs.horse/#stats-message).</summary>
internal sealed class StatsCommand() : IrcCommand(
    "STATS", "u|o [server]", "says how long the server has been up; to operators, who may become one", minParameters: 1)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!await IrcServers.IsForUsAsync(session, request[1], cancellationToken))
        {
            return true;
        }

        var query = request[0] is [not ' ' and not ':' and var letter, ..] ? letter : '*';
        switch (query)
        {
            case 'u':
                var up = session.Context.Time.GetUtcNow() - session.Context.Started;
                session.Numeric(IrcNumeric.RPL_STATSUPTIME, string.Create(CultureInfo.InvariantCulture, $":Server Up {up.Days} days {up:h\\:mm\\:ss}"));
                break;
            case 'o' when !session.Self.Profile.IsOperator:
                session.Numeric(IrcNumeric.ERR_NOPRIVILEGES, ":Permission denied: you are not an operator of the server");
                break;
            case 'o':
                foreach (var name in session.Context.Files.Operators.Names)
                {
                    session.Numeric(IrcNumeric.RPL_STATSOLINE, $"O *@* * {name}");
                }

                break;
        }

        session.Numeric(IrcNumeric.RPL_ENDOFSTATS, $"{query} :End of /STATS report");
        return true;
    }
}
