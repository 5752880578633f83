using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Text;
using Parley.Protocol.Framing;
using Parley.Server.Options;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Connections;

/// <summary>
/// One connection of a line protocol from greeting to goodbye: reads lines for its session while its outbox is written, then sends what is pending, signs out, and closes.
/// </summary>
/// <remarks>
/// The session is signed out exactly once, when the write side has ended: so whoever comes back under the same name cannot be undone by what the old connection still has to clean up.
/// </remarks>
internal sealed class LineConnection(
    ConnectionContext connection,
    ILineSession session,
    ILineFramer framer,
    CommandRate? rate,
    CountedAddress address,
    IBroker broker,
    ShutdownSequence shutdown,
    ParleyOptions options,
    TimeProvider time,
    ILogger logger) : ISessionConnection
{
    /// <summary>Interval at which a client is told that its lines have to wait, while they do.</summary>
    private static readonly TimeSpan DelayNoticeInterval = TimeSpan.FromMinutes(1);

    /// <summary>Time in which received lines are still handled when the server stops, if half the drain timeout is not shorter: a buffer has room for thousands of commands with long answers.</summary>
    private static readonly TimeSpan MaxLinesInHand = TimeSpan.FromSeconds(2);

    private readonly PipeReader _input = connection.Transport.Input;
    private readonly Outbox _outbox = session.Session.Outbox;
    private readonly IOutboxTransport _transport = connection as IOutboxTransport ?? new PipeTransport(connection.Transport.Output);

    private EndPoint? _ratedAddress;
    private SharedRate? _byteRate;
    private long? _stopsSince;
    private long? _toldOfDelay;
    private bool _hasSpoken;
    private bool _mayBeRequest;
    private bool _inputEnded;
    private bool _isInterrupted;
    private bool _isCut;
    private bool _isHandedOver;
    private bool _mayReturn;

    /// <summary>Is told when all is done, however it ended; null if nobody wants to know.</summary>
    public Action<ConnectionContext, CountedAddress, ILineSession>? Over { get; set; }

    /// <summary>State of another process, if this one goes on with its connection.</summary>
    public GoingOn? Before { get; init; }

    /// <summary>Takes over what another process knew, which comes ahead of <see cref="RunAsync"/>. False: not all of it can be here.</summary>
    public bool GoOn()
    {
        var (from, adopt, _) = Before!;
        _hasSpoken = from.Id != 0;
        try
        {
            session.GoOn(from.Session.State);
            if (!_hasSpoken)
            {
                return true;
            }

            framer.Restore(from.Framing);
        }
        catch (FormatException)
        {
            // The other program knew something that this one does not.
            return false;
        }

        session.Session.Proof = from.Proof ?? (from.Device == 0 ? null : new LoginProof(from.Device));
        _outbox.Owe(from.Owed);
        if (rate is not null && from.Tokens is { } tokens)
        {
            rate.Tokens = tokens;
        }

        if (!adopt(session.Session, from.Id))
        {
            return false;
        }

        session.HasGoneOn();
        return true;
    }

    /// <summary>Runs the conversation; with a refusal, that is all there is to it.</summary>
    public async Task RunAsync(string refusal)
    {
        try
        {
            session.Session.Connection = this;
            await (Before?.Opened ?? Task.CompletedTask);
            _transport.Open(_outbox);
            try
            {
                if (refusal.Length > 0)
                {
                    session.Notify(refusal);
                }
                else
                {
                    broker.Attach(session.Session);
                    var isNew = Before is null or { From.Id: 0 };
                    if (shutdown.TryStartReader(_input))
                    {
                        isNew = false;
                        await ReadAsync();
                    }

                    await EndAsync(isNew);
                    if (_isHandedOver)
                    {
                        return;
                    }
                }

                session.Session.Behind(Finish);
                await FinishWritingAsync();
            }
            finally
            {
                if (!_isHandedOver)
                {
                    _outbox.Abort();
                    if (shutdown.Handover is { } handover && !_mayReturn)
                    {
                        handover.End(new EndedSession(session.Session.Id.Value, session.QuitReason));
                    }

                    await broker.DetachAsync(session.Session.Id, session.QuitReason);
                    await CloseAsync();
                }
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Tells that all is done, also where <see cref="RunAsync"/> never begins.</summary>
    public void Leave() => Over?.Invoke(connection, address, session);

    /// <summary>Has what the session was given so far be the last it is sent, with what the transport says at the end.</summary>
    private void Finish()
    {
        session.Session.Advance();
        if (framer.Farewell(shutdown.Stopping.IsCancellationRequested) is { Length: > 0 } farewell)
        {
            _outbox.AppendFrame(farewell);
        }

        _outbox.Complete();
    }

    /// <summary>Has another process go on with it, if there is one; else tells the client why it ends, if not by its own wish.</summary>
    private Task EndAsync(bool isNew)
    {
        if (shutdown.Handover is { } handover && (isNew || _isInterrupted))
        {
            return HandOverAsync(handover, isNew);
        }

        if (shutdown.Stopping.IsCancellationRequested)
        {
            _mayReturn = shutdown.Handover is not null && session.Session.CloseReason is null && !_inputEnded;
            session.Notify(shutdown.Handover is null ? "Server is shutting down" : Handover.Words("something was in hand"));
        }
        else if (session.Session.CloseReason is { } reason)
        {
            session.Notify(reason);
        }

        return Task.CompletedTask;
    }

    /// <summary>Has another process go on with the connection, if one can; or says why not.</summary>
    /// <param name="handover">Gathers what is handed over.</param>
    /// <param name="isNew">Whether nothing was said yet, either way.</param>
    private async Task HandOverAsync(Handover handover, bool isNew)
    {
        _mayReturn = session.Session.CloseReason is null;
        var known = session.HandOver();
        var why = connection is not LoopConnection { Layer: null } ? "its encryption is this program's own"
            : session.Session.User is null && (known is null || !isNew) ? "nobody has logged in on it"
            : known is null || framer.Save() is null ? "something was half said on it"
            : await HasSettledAsync() ? null : "history is slow";
        if (session.Session.CloseReason is not null || why is not null)
        {
            session.Notify(session.Session.CloseReason ?? Handover.Words(why!));
        }
        else if (!_outbox.IsComplete)
        {
            var owed = _outbox.TakeRest();
            var (unread, descriptor) = ((LoopConnection)connection).HandOver();
            var left = HandedConnection.Of(connection, known!, isNew ? 0 : session.Session.Id.Value);
            handover.Add(left with { Device = session.Session.Device, Proof = session.Session.Proof, Framing = framer.Save()!, Unread = unread, Owed = owed, Tokens = rate?.Tokens }, descriptor);
            _isHandedOver = true;
        }
    }

    /// <summary>Has all that the client is owed in its outbox. False: what it is shown of history is not there in time.</summary>
    private async Task<bool> HasSettledAsync()
    {
        session.Session.Advance();
        var settled = _outbox.WhenSettledAsync();
        return await Task.WhenAny(settled, Task.Delay(Handover.Patience, time)) == settled;
    }

    /// <summary>Reads until the client or the server is done, and everything accepted from anybody is in its recipients' outboxes.</summary>
    private async Task ReadAsync()
    {
        ReadDeadline? login = null;
        try
        {
            if (Before is null or { From.Id: 0 } && !await session.StartAsync(connection.ConnectionClosed))
            {
                return;
            }

            _outbox.Send();
            login = session.AwaitsLogin ? new ReadDeadline(options.LoginTimeout, time, _input) : null;
            var goesOn = true;
            while (goesOn && !shutdown.Stopping.IsCancellationRequested && session.Session.CloseReason is null)
            {
                goesOn = await HandleAsync(await _input.ReadAsync());
                _outbox.Send();
                if (_outbox.IsOverHighWater)
                {
                    // The answers of the framing itself are held back like those of commands.
                    await DrainedAsync();
                }

                if (login is { IsOver: true } && session.AwaitsLogin)
                {
                    session.Notify($"No {session.LoginLacks} came within {Math.Ceiling(options.LoginTimeout.TotalSeconds)} s, connect again and {session.LoginHint}");
                    return;
                }
            }

            _isInterrupted = goesOn;
        }
        catch (OperationCanceledException) when (shutdown.Stopping.IsCancellationRequested)
        {
            // It had to wait, as it does not read what it is sent; it is still there, and may have more to say.
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client is gone without a goodbye, and with it whatever it had not sent to the end.
            _inputEnded = true;
        }
        catch (Exception e)
        {
            Log.SessionFailed(logger, connection.RemoteEndPoint, e);
        }
        finally
        {
            login?.Dispose();
            await shutdown.EndReaderAsync(_input);
        }
    }

    /// <summary>Waits until the client has read what it was sent, or the server stops.</summary>
    private async Task DrainedAsync()
    {
        try
        {
            await _outbox.WhenDrainedAsync().WaitAsync(shutdown.Stopping);
        }
        catch (OperationCanceledException) when (shutdown.Handover is not null)
        {
            // Whoever goes on with it waits in turn.
        }
    }

    /// <summary>Has every whole line that came in handled. False: the conversation is over.</summary>
    private async ValueTask<bool> HandleAsync(ReadResult result)
    {
        var buffer = result.Buffer;
        var goesOn = _hasSpoken || !IsTls(buffer);
        try
        {
            var unread = buffer.Length;
            while (goesOn && session.Session.CloseReason is null && !IsOutOfTime() && framer.TryRead(ref buffer, out var line) is not FrameResult.Incomplete and var frame)
            {
                if (frame == FrameResult.End || (!_hasSpoken && IsRequest(frame, line)))
                {
                    goesOn = false;
                    break;
                }

                await RateAsync(unread - buffer.Length);
                unread = buffer.Length;

                // Somebody may have had it end while the line waited its turn.
                goesOn = session.Session.CloseReason is null && await session.ReceiveAsync(frame, line, connection.ConnectionClosed);
                if (_outbox.IsOverHighWater)
                {
                    // Whoever does not read its answers gets no further ones: its own commands wait, nobody else's.
                    _outbox.Send();
                    await DrainedAsync();
                }
            }

            if (goesOn && result.IsCompleted && !_isCut)
            {
                if (framer.TryReadRest(ref buffer, out var rest))
                {
                    await RateAsync(unread - buffer.Length);
                    if (session.Session.CloseReason is null && (_hasSpoken || !IsRequest(FrameResult.Line, rest)))
                    {
                        await session.ReceiveAsync(FrameResult.Line, rest, connection.ConnectionClosed);
                    }
                }

                goesOn = false;
            }
        }
        finally
        {
            // Also when this fails: whoever closes the connection reads on.
            _inputEnded = result.IsCompleted;
            _input.AdvanceTo(buffer.Start, buffer.End);
        }

        return goesOn;
    }

    private bool IsOutOfTime()
    {
        if (!shutdown.Stopping.IsCancellationRequested)
        {
            return false;
        }

        if (shutdown.Handover is not null)
        {
            // Lines behind the one in hand are handled by whoever goes on with the connection.
            return _isCut = true;
        }

        _stopsSince ??= time.GetTimestamp();
        return time.GetElapsedTime(_stopsSince.Value) >= (MaxLinesInHand < options.DrainTimeout / 2 ? MaxLinesInHand : options.DrainTimeout / 2);
    }

    /// <summary>True if the client begins with TLS, which it is told then. Also looks how the first line begins, which may be too long to be seen whole.</summary>
    private bool IsTls(ReadOnlySequence<byte> start)
    {
        _mayBeRequest |= ForeignProtocol.MayBeRequestLine(start);
        if (!ForeignProtocol.IsTls(start))
        {
            return false;
        }

        Log.WrongProtocol(logger, connection.RemoteEndPoint, "TLS");
        session.Notify("This port is for plain text, and you have begun with TLS: connect without it, or to the port for TLS");
        return true;
    }

    /// <summary>True if the first line is that of an HTTP request, which the client is told then.</summary>
    private bool IsRequest(FrameResult frame, ReadOnlySequence<byte> line)
    {
        _hasSpoken = true;
        if (!(frame == FrameResult.TooLong ? _mayBeRequest : ForeignProtocol.IsRequestLine(line.IsSingleSegment ? line.FirstSpan : line.ToArray())))
        {
            return false;
        }

        Log.WrongProtocol(logger, connection.RemoteEndPoint, "HTTP");
        session.Notify("This port is not for HTTP: nothing of the request was read");
        return true;
    }

    /// <summary>Waits for the turn of a line, as its connection may say so many and its address so much.</summary>
    private ValueTask RateAsync(long bytes)
    {
        if (!ReferenceEquals(_ratedAddress, connection.RemoteEndPoint))
        {
            // A gateway says once for whom it connects.
            (_ratedAddress, _byteRate) = (connection.RemoteEndPoint, address.FindByteRate());
        }

        var forLine = rate?.Take() ?? TimeSpan.Zero;
        var forBytes = _byteRate?.Take(bytes) ?? TimeSpan.Zero;
        var wait = forLine > forBytes ? forLine : forBytes;
        if (wait == TimeSpan.Zero || shutdown.Stopping.IsCancellationRequested)
        {
            return default;
        }

        TellOfDelay(forBytes > forLine ? $"Your address sends more than {Counted.Of(options.ByteRate, "byte")} a second" : $"Your lines come faster than {options.CommandRate} a second");
        _outbox.Send();
        return new ValueTask(DelayAsync(wait));
    }

    private void TellOfDelay(string why)
    {
        if (_toldOfDelay is { } last && time.GetElapsedTime(last) < DelayNoticeInterval)
        {
            return;
        }

        _toldOfDelay = time.GetTimestamp();
        session.NotifyDelayed($"{why}: they wait their turn, and none is lost");
    }

    /// <summary>Waits, unless the server stops: then there is no time for it.</summary>
    private async Task DelayAsync(TimeSpan wait)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, shutdown.Stopping);
        try
        {
            await Task.Delay(wait, time, end.Token);
        }
        catch (OperationCanceledException) when (shutdown.Stopping.IsCancellationRequested)
        {
            // What came in is handled now.
        }
    }

    private async Task FinishWritingAsync()
    {
        var limit = shutdown.Handover is null ? options.DrainTimeout : Handover.Goodbye;
        try
        {
            await _transport.FinishAsync().WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            Log.DrainTimedOut(logger, connection.RemoteEndPoint, limit);
            connection.Abort();
        }
    }

    /// <summary>Ends the write side and lets the client finish.</summary>
    private async Task CloseAsync()
    {
        try
        {
            if (!_inputEnded && (connection as IConnectionSocketFeature ?? connection.Features.Get<IConnectionSocketFeature>())?.Socket is { } socket)
            {
                socket.Shutdown(SocketShutdown.Send);
                await Linger.ReadAsync(
                    _input, shutdown.Handover is not null ? Handover.Goodbye : Linger.MaxTime < options.DrainTimeout ? Linger.MaxTime : options.DrainTimeout, time);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Enough was tried.
        }

        await _input.CompleteAsync();
        if (_transport is PipeTransport)
        {
            await connection.Transport.Output.CompleteAsync();
        }
    }

    /// <summary>Somebody has the session end: it finishes the line in hand, and is cut off if that takes too long.</summary>
    void ISessionConnection.End()
    {
        _input.CancelPendingRead();
        _ = CutOffLaterAsync();
    }

    private async Task CutOffLaterAsync()
    {
        try
        {
            await Task.Delay(options.DrainTimeout, time, connection.ConnectionClosed);
            connection.Abort();
        }
        catch (OperationCanceledException)
        {
            // It has gone by itself.
        }
    }

    void ISessionConnection.CutOff()
    {
        Log.Overflowed(logger, connection.RemoteEndPoint);
        connection.Abort();
    }
}
