using Microsoft.AspNetCore.Connections;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Server;
using Parley.Server.Irc.Sessions;

namespace Parley.Server.Irc.Dispatch;

/// <summary>Connections of IRC.</summary>
/// <param name="server">Sees them through.</param>
/// <param name="gate">Lets them in.</param>
/// <param name="context">What their sessions share.</param>
/// <param name="commands">Commands that clients may send.</param>
/// <param name="listener">The setting of the listener that they come by.</param>
internal sealed class IrcConnectionHandler(LineServer server, ConnectionGate gate, IrcContext context, IrcCommandSet commands, string listener = "irc") : ConnectionHandler
{
    /// <summary>The same for another listener.</summary>
    public IrcConnectionHandler Over(string other) => new(server, gate, context, commands, other);

    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        var session = new IrcDispatcher(context, commands, new IrcPeer(connection, gate, listener));
        return session.RunAsync(() => server.RunAsync(connection, session, new IrcFramer()));
    }
}
