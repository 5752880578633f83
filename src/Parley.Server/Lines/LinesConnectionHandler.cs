using Microsoft.AspNetCore.Connections;
using Parley.Protocol.Framing;
using Parley.Server.Connections;

namespace Parley.Server.Lines;

/// <summary>Connections of the lines protocol.</summary>
internal sealed class LinesConnectionHandler(LineServer server, LinesContext context) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection)
        => server.RunAsync(connection, new LinesSession(context, new ClientPeer(connection)), new TelnetLineFramer(context.MaxLineBytes));
}
