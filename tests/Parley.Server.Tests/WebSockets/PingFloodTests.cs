using Microsoft.AspNetCore.Connections;
using Parley.Core.Delivery;
using Parley.Core.Broker.Sessions;
using Parley.Protocol.Framing;
using Parley.Protocol.WebSockets;
using Parley.Server.Connections;
using Parley.Server.Lines;
using Parley.Server.Lines.Commands;
using Parley.Server.Lines.Dispatch;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.WebSockets;

/// <summary>Invariant 2 for the answers that a framing gives by itself.</summary>
public sealed class PingFloodTests
{
    private const int Pings = 20_000;

    [Fact]
    public async Task Who_pings_and_does_not_read_the_pongs_is_read_no_further()
    {
        await using var server = new TestServer(new ParleyOptions { MaxOutboxBytes = 32 * 1024 });
        var handler = new FramedHandler(server);
        var connection = new InMemoryConnection(1024);
        var client = server.Open(handler, connection, "pinger");
        byte[] ping = [0x89, 0x80 | 100, 0, 0, 0, 0, .. new byte[100]];
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Pings; i++)
            {
                await connection.ClientEnd.WriteAsync(ping);
            }
        }, TestContext.Current.CancellationToken);
        var (most, pongs, buffer) = (0L, 0L, new byte[4096]);
        await Until.TrueAsync(() => (most = handler.Session?.Outbox.WaitingBytes ?? 0) > 8 * 1024, () => "No pongs wait");
        while (pongs < Pings * 102L)
        {
            most = Math.Max(most, handler.Session!.Outbox.WaitingBytes);
            pongs += await connection.ClientEnd.ReadAsync(buffer).AsTask().WithinSafetyAsync();
        }

        await sending.WithinSafetyAsync();

        // A quarter of the limit, and what one read of 64 KiB brings in.
        Assert.InRange(most, 1, 80 * 1024);
        await client.DisposeAsync();
    }

    /// <summary>A session that says nothing by itself, in frames.</summary>
    private sealed class FramedHandler(TestServer server) : ConnectionHandler
    {
        private ILineSession? _session;

        public Session? Session => Volatile.Read(ref _session)?.Session;

        public override Task OnConnectedAsync(ConnectionContext connection)
        {
            _session = new LinesDispatcher(server.Lines, LinesCommandTable.All, new ClientPeer(connection));
            return server.Connections.RunAsync(
                connection, _session, new WebSocketLineFramer(WebSocketOpcode.Text, 1000, new LineFramer(1000), _session.Session.Outbox.AppendFrame));
        }
    }
}
