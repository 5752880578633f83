using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Options;

namespace Parley.Server.Irc.Server;

/// <summary><c>ADMIN [server]</c>: who runs the server (https://modern.ircdocs.horse/#admin-message).</summary>
internal sealed class AdminCommand() : IrcCommand("ADMIN", "[server]", "says who runs the server")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!await IrcServers.IsForUsAsync(session, request[0], cancellationToken))
        {
            return true;
        }

        var options = session.Context.Options;
        if (ParleyOptions.IsNone(options.AdminName) && ParleyOptions.IsNone(options.AdminEmail))
        {
            session.Numeric(IrcNumeric.ERR_NOADMININFO, $"{options.ServerName} :No administrative info available");
            return true;
        }

        session.Numeric(IrcNumeric.RPL_ADMINME, $"{options.ServerName} :Administrative info");
        session.Numeric(IrcNumeric.RPL_ADMINLOC1, $":{options.NetworkName}");
        if (!ParleyOptions.IsNone(options.AdminName))
        {
            session.Numeric(IrcNumeric.RPL_ADMINLOC2, $":{options.AdminName}");
        }

        if (!ParleyOptions.IsNone(options.AdminEmail))
        {
            session.Numeric(IrcNumeric.RPL_ADMINEMAIL, $":{options.AdminEmail}");
        }

        return true;
    }
}
