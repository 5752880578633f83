using Microsoft.AspNetCore.Connections;
using Parley.Core.Sessions;
using Parley.Protocol.Framing;
using Parley.Server.Lines;

namespace Parley.Server.Tests.Support;

/// <summary>One connection of the lines protocol whose session in the core a test can look at.</summary>
internal sealed class WatchedHandler(TestServer server) : ConnectionHandler
{
    private readonly LinesSession _session = new(server.Lines);

    public Session Session => _session.Session;

    public override Task OnConnectedAsync(ConnectionContext connection)
        => server.Connections.RunAsync(connection, _session, new TelnetLineFramer(server.Options.MaxLineBytes));
}
