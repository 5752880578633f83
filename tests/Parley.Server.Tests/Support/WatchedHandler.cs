using Microsoft.AspNetCore.Connections;
using Parley.Core.Broker.Sessions;
using Parley.Protocol.Framing;
using Parley.Server.Connections;
using Parley.Server.Lines;
using Parley.Server.Lines.Commands;
using Parley.Server.Lines.Dispatch;

namespace Parley.Server.Tests.Support;

/// <summary>One connection of the lines protocol whose session in the core a test can look at.</summary>
internal sealed class WatchedHandler(TestServer server) : ConnectionHandler
{
    private ILineSession? _session;

    public Session Session => _session!.Session;

    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        _session = new LinesDispatcher(server.Lines, LinesCommandTable.All, new ClientPeer(connection));
        return server.Connections.RunAsync(connection, _session, new TelnetLineFramer(server.Options.MaxLineBytes));
    }
}
