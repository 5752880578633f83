using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Parley.Core.Broker;
using Parley.Protocol.Framing;
using Parley.Server.Options;
using Parley.Server.Transport.Loop;
using Parley.Server.Transport.Proxy;

namespace Parley.Server.Connections;

/// <summary>Runs connections of all line protocols: lets each in if it may come in, and sees it through.</summary>
internal sealed class LineServer(
    ConnectionGate gate,
    IBroker broker,
    ShutdownSequence shutdown,
    ParleyOptions options,
    TimeProvider time,
    ILogger<LineServer> logger,
    OpenSessions? open = null)
{
    public async Task RunAsync(ConnectionContext connection, ILineSession session, ILineFramer framer)
    {
        // A listed proxy that connects for itself looks whether anybody is here: that is nobody's connection.
        var isCheck = connection.Features.Get<ProxyHeader>() is { IsForItself: true };
        var trustsLoopback = connection.Features.Get<SharedLoopback>() is null;
        var (remote, address) = (connection.RemoteEndPoint, isCheck ? null : AddressOf(connection));
        var goingOn = connection.Features.Get<GoingOn>();
        var rate = gate.HasNoCommandRate(address, trustsLoopback) ? null : new CommandRate(options.CommandBurst, options.CommandRate, time);
        var conversation = new LineConnection(connection, session, framer, rate, BytesFrom, broker, shutdown, options, time, logger) { Before = goingOn };

        // Before the gate is asked: whoever bans somebody afterwards finds the session here.
        open?.Add(session, connection);
        var refusal = "";
        if (goingOn is not null)
        {
            gate.Keep(address, trustsLoopback);
            refusal = conversation.GoOn() ? "" : Handover.Words("not all that it is can be here");
        }
        else if (!gate.TryEnter(address, out refusal, trustsLoopback))
        {
            open?.Remove(session.Session);
            Log.Refused(logger, connection.RemoteEndPoint, refusal);
            await RefuseAsync(connection, conversation, refusal);
            return;
        }

        try
        {
            if (!isCheck)
            {
                Log.Connected(logger, connection.RemoteEndPoint);
            }

            await RunAsync(connection, conversation, refusal);
        }
        finally
        {
            gate.Leave(Current(), trustsLoopback);
            open?.Remove(session.Session);
            if (!isCheck)
            {
                Log.Disconnected(logger, connection.RemoteEndPoint);
            }
        }

        // It may be given another address on the way.
        IPAddress? Current() => ReferenceEquals(connection.RemoteEndPoint, remote) ? address : AddressOf(connection);

        SharedRate? BytesFrom() => gate.BytesFrom(Current(), trustsLoopback);
    }

    private static IPAddress? AddressOf(ConnectionContext connection) => (connection.RemoteEndPoint as IPEndPoint)?.Address;

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
