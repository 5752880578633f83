using Microsoft.AspNetCore.Connections;
using Parley.Protocol.Irc;
using Parley.Server.Connections;

namespace Parley.Server.Irc;

/// <summary>Connections of IRC.</summary>
internal sealed class IrcConnectionHandler(LineServer server, ConnectionGate gate, IrcContext context) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        var session = new IrcSession(context, new IrcPeer(connection, gate));
        return context.Clients.RunAsync(session, () => server.RunAsync(connection, session, new IrcFramer()));
    }
}
