using Microsoft.AspNetCore.Connections;
using Parley.Protocol.Framing;
using Parley.Server.Connections;

namespace Parley.Server.Collect;

/// <summary>Connections of the collector.</summary>
internal sealed class CollectConnectionHandler(LineServer server, CollectContext context) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection)
        => server.RunAsync(connection, new CollectSession(context), new LineFramer(context.MaxLineBytes));
}
