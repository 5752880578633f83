using Microsoft.AspNetCore.Connections;
using Parley.Protocol.Framing;
using Parley.Server.Connections;

namespace Parley.Server.Addressed;

/// <summary>Connections of the addressed protocol.</summary>
internal sealed class AddressedConnectionHandler(LineServer server, AddressedContext context) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection)
        => server.RunAsync(connection, new AddressedSession(context, new ClientPeer(connection)), new LineFramer(context.MaxLineBytes));
}
