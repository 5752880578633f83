using Microsoft.AspNetCore.Connections;
using Parley.Core.Delivery;
using Parley.Protocol.Irc;
using Parley.Protocol.WebSockets;
using Parley.Server.Connections;
using Parley.Server.Irc.Dispatch;
using Parley.Server.Irc.Server;
using Parley.Server.Irc.Sessions;

namespace Parley.Server.WebSockets;

/// <summary>Connections of IRC whose bytes are WebSocket frames: those whose socket was taken over after the handshake.</summary>
internal sealed class WebSocketConnectionHandler(LineServer server, ConnectionGate gate, IrcContext context, IrcCommandSet commands, string listener, WebSocketFraming framing)
    : ConnectionHandler
{
    /// <summary>A line with all the tags that it may have.</summary>
    public const int MaxMessageBytes = IrcFramer.MaxTagBytes + IrcFramer.MaxBodyBytes;

    // It judges single lines here, and holds nothing in between.
    private static readonly IrcFramer Limits = new();

    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        var session = new IrcDispatcher(context, commands, new IrcPeer(connection, gate, listener, framing));
        var framer = new WebSocketLineFramer(framing.Kind, MaxMessageBytes, Limits, session.Session.Outbox.AppendFrame);
        return session.RunAsync(() => server.RunAsync(connection, session, framer));
    }
}
