using Microsoft.AspNetCore.Connections;
using Parley.Protocol.Irc;
using Parley.Server.Connections;

namespace Parley.Server.Irc;

/// <summary>Connections of IRC.</summary>
internal sealed class IrcConnectionHandler(LineServer server, ConnectionGate gate, IrcContext context) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection)
        => server.RunAsync(connection, new IrcSession(context, new IrcPeer(connection, gate)), new IrcFramer());
}
