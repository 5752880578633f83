using Microsoft.AspNetCore.Connections;
using Parley.Protocol.Framing;
using Parley.Server.Connections;
using Parley.Server.Lines.Commands;

namespace Parley.Server.Lines.Dispatch;

/// <summary>Connections of the lines protocol.</summary>
internal sealed class LinesConnectionHandler(LineServer server, LinesContext context, LinesCommandSet commands) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection)
        => server.RunAsync(connection, new LinesDispatcher(context, commands, new ClientPeer(connection)), new TelnetLineFramer(context.MaxLineBytes));
}
