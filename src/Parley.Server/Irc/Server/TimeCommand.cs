using System.Globalization;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Server;

/// <summary><c>TIME [server]</c>: how late it is here (https://modern.ircdocs.horse/#time-message).</summary>
internal sealed class TimeCommand() : IrcCommand("TIME", "[server]", "says how late it is at the server")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (await IrcServers.IsForUsAsync(session, request[0], cancellationToken))
        {
            var now = session.Context.Time.GetUtcNow();
            session.Numeric(
                IrcNumeric.RPL_TIME,
                string.Create(CultureInfo.InvariantCulture, $"{session.Context.ServerName} {now.ToUnixTimeSeconds()} :{now:yyyy-MM-dd HH:mm:ss} UTC"));
        }

        return true;
    }
}
