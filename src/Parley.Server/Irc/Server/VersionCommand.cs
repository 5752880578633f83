using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Server;

/// <summary><c>VERSION [server]</c>: which program this is, and what it supports (https://modern.ircdocs.horse/#version-message).</summary>
internal sealed class VersionCommand() : IrcCommand("VERSION", "[server]", "says which program this is, and what it supports")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (await IrcServers.IsForUsAsync(session, request[0], cancellationToken))
        {
            session.Numeric(IrcNumeric.RPL_VERSION, $"{IrcSupport.Version} {session.Context.ServerName} :{session.Context.Options.NetworkName}");
            IrcSupport.Write(session);
        }

        return true;
    }
}
