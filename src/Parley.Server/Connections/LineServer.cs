using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Parley.Core.Broker;
using Parley.Protocol.Framing;
using Parley.Server.Options;

namespace Parley.Server.Connections;

/// <summary>What the line protocols share: lets a connection in if it may come in, and sees it through.</summary>
internal sealed class LineServer(
    ConnectionGate gate,
    IBroker broker,
    ShutdownSequence shutdown,
    ParleyOptions options,
    TimeProvider time,
    ILogger<LineServer> logger)
{
    public async Task RunAsync(ConnectionContext connection, ILineSession session, ILineFramer framer)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        var rate = gate.HasNoCommandRate(address) ? null : new CommandRate(options.CommandBurst, options.CommandRate, time);
        var conversation = new LineConnection(connection, session, framer, rate, broker, shutdown, options, time, logger);
        if (!gate.TryEnter(address, out var refusal))
        {
            Log.Refused(logger, connection.RemoteEndPoint, refusal);
            await RefuseAsync(connection, conversation, refusal);
            return;
        }

        try
        {
            Log.Connected(logger, connection.RemoteEndPoint);
            await RunAsync(connection, conversation, refusal);
        }
        finally
        {
            // It may have been given another address on the way.
            gate.Leave((connection.RemoteEndPoint as IPEndPoint)?.Address);
            Log.Disconnected(logger, connection.RemoteEndPoint);
        }
    }

    private async Task RefuseAsync(ConnectionContext connection, LineConnection conversation, string refusal)
    {
        if (!gate.TryBeginRefusal())
        {
            return;
        }

        try
        {
            await RunAsync(connection, conversation, refusal);
        }
        finally
        {
            gate.EndRefusal();
        }
    }

    private Task RunAsync(ConnectionContext connection, LineConnection conversation, string refusal)
        => connection is IHandshake handshake ? RunAsync(handshake, conversation, refusal) : conversation.RunAsync(refusal);

    private async Task RunAsync(IHandshake handshake, LineConnection conversation, string refusal)
    {
        if (await handshake.TryCompleteAsync(shutdown.Stopping))
        {
            await conversation.RunAsync(refusal);
        }
    }
}
