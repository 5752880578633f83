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
    // Once for all connections.
    private Action<ConnectionContext, CountedAddress, ILineSession>? _leave;
    private Action<ConnectionContext, CountedAddress, ILineSession>? _leaveWithNote;

    public Task RunAsync(ConnectionContext connection, ILineSession session, ILineFramer framer)
    {
        // A listed proxy that connects for itself looks whether anybody is here: that is nobody's connection.
        var isCheck = Find<ProxyHeader>(connection) is { IsForItself: true };
        var address = new CountedAddress(gate, connection, isExempt: isCheck, trustsLoopback: Find<SharedLoopback>(connection) is null);
        var goingOn = Find<GoingOn>(connection);
        var rate = address.HasNoCommandRate ? null : new CommandRate(options.CommandBurst, options.CommandRate, time);
        var conversation = new LineConnection(connection, session, framer, rate, address, broker, shutdown, options, time, logger) { Before = goingOn };

        // Before the gate is asked: whoever bans somebody afterwards finds the session here.
        open?.Add(session, connection);
        var refusal = "";
        if (goingOn is not null)
        {
            address.Keep();
            refusal = conversation.GoOn() ? "" : Handover.Words("not all that it is can be here");
        }
        else if (!address.TryEnter(out refusal))
        {
            open?.Remove(session.Session);
            Log.Refused(logger, connection.RemoteEndPoint, refusal);
            return RefuseAsync(connection, conversation, refusal);
        }

        if (!isCheck)
        {
            Log.Connected(logger, connection.RemoteEndPoint);
        }

        // Told, not awaited: a task of its own would be there as long as the connection.
        conversation.Over = isCheck ? _leave ??= Leave : _leaveWithNote ??= LeaveWithNote;
        return connection is IHandshake handshake ? RunAsync(handshake, conversation, refusal) : conversation.RunAsync(refusal);
    }

    private void Leave(ConnectionContext connection, CountedAddress address, ILineSession session)
    {
        address.Leave();
        open?.Remove(session.Session);
    }

    private void LeaveWithNote(ConnectionContext connection, CountedAddress address, ILineSession session)
    {
        Leave(connection, address, session);
        Log.Disconnected(logger, connection.RemoteEndPoint);
    }

    /// <summary>A feature of a connection, without a collection being made for one that has none.</summary>
    private static T? Find<T>(ConnectionContext connection)
        => connection is LoopConnection { HasFeatures: false } ? default : connection.Features.Get<T>();

    private async Task RefuseAsync(ConnectionContext connection, LineConnection conversation, string refusal)
    {
        if (!gate.TryBeginRefusal())
        {
            return;
        }

        try
        {
            await (connection is IHandshake handshake ? RunAsync(handshake, conversation, refusal) : conversation.RunAsync(refusal));
        }
        finally
        {
            gate.EndRefusal();
        }
    }

    private async Task RunAsync(IHandshake handshake, LineConnection conversation, string refusal)
    {
        var isComplete = false;
        try
        {
            isComplete = await handshake.TryCompleteAsync(shutdown.Stopping);
        }
        finally
        {
            if (!isComplete)
            {
                conversation.Leave();
            }
        }

        if (isComplete)
        {
            await conversation.RunAsync(refusal);
        }
    }
}
