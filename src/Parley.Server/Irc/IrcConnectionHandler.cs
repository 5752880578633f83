using Microsoft.AspNetCore.Connections;
using Parley.Protocol.Irc;
using Parley.Server.Connections;

namespace Parley.Server.Irc;

/// <summary>Connections of IRC.</summary>
/// <param name="server">Sees them through.</param>
/// <param name="gate">Lets them in.</param>
/// <param name="context">What their sessions share.</param>
/// <param name="listener">The setting of the listener that they come by.</param>
internal sealed class IrcConnectionHandler(LineServer server, ConnectionGate gate, IrcContext context, string listener = "irc") : ConnectionHandler
{
    /// <summary>The same for another listener.</summary>
    public IrcConnectionHandler Over(string other) => new(server, gate, context, other);

    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        var session = new IrcSession(context, new IrcPeer(connection, gate, listener));
        return context.Clients.RunAsync(session, () => server.RunAsync(connection, session, new IrcFramer()));
    }
}
