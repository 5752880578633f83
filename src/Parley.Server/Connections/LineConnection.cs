using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Sessions;
using Parley.Protocol.Framing;
using Parley.Server.Options;

namespace Parley.Server.Connections;

/// <summary>
/// One connection of a line protocol from greeting to goodbye: reads lines for its session while its outbox is written,
/// then sends what is pending, signs out, and closes.
/// </summary>
/// <remarks>
/// The session is signed out exactly once, when the write side has ended: so whoever comes back under the same name
/// cannot be undone by what the old connection still has to clean up.
/// </remarks>
internal sealed class LineConnection(
    ConnectionContext connection,
    ILineSession session,
    ILineFramer framer,
    CommandRate? rate,
    IBroker broker,
    ShutdownSequence shutdown,
    ParleyOptions options,
    TimeProvider time,
    ILogger logger) : ISessionConnection
{
    /// <summary>How long a client may go on sending after the goodbye before it is cut off, if the drain timeout is not shorter.</summary>
    private static readonly TimeSpan MaxLinger = TimeSpan.FromSeconds(2);

    /// <summary>How often a client is told that its lines have to wait, while they do.</summary>
    private static readonly TimeSpan DelayNoticeInterval = TimeSpan.FromMinutes(1);

    private readonly PipeReader _input = connection.Transport.Input;
    private readonly Outbox _outbox = session.Session.Outbox;
    private readonly IOutboxTransport _transport =
        connection as IOutboxTransport ?? new PipeTransport(connection.Transport.Output);

    private long? _toldOfDelay;
    private bool _inputEnded;

    /// <summary>Runs the conversation; with a refusal, that is all there is to it.</summary>
    public async Task RunAsync(string refusal)
    {
        session.Session.Connection = this;
        _transport.Open(_outbox);
        try
        {
            if (refusal.Length > 0)
            {
                session.Notify(refusal);
            }
            else
            {
                await ConverseAsync();
            }

            await broker.SettleAsync(session.Session);
            session.Session.Advance();
            _outbox.Complete();
            await FinishWritingAsync();
        }
        finally
        {
            _outbox.Abort();
            await broker.SignOutAsync(session.Session, session.QuitReason);
            await CloseAsync();
        }
    }

    /// <summary>Reads until the client or the server is done, and everything accepted from anybody is in its recipients' outboxes.</summary>
    private async Task ConverseAsync()
    {
        if (shutdown.TryStartReader())
        {
            try
            {
                await ReadAsync();
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
                await shutdown.EndReaderAsync();
            }
        }

        if (shutdown.Stopping.IsCancellationRequested)
        {
            session.Notify("Server is shutting down");
        }
        else if (session.Session.CloseReason is { } reason)
        {
            session.Notify(reason);
        }
    }

    private async Task ReadAsync()
    {
        using var onStop = shutdown.Stopping.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), _input);
        if (!await session.StartAsync(connection.ConnectionClosed))
        {
            return;
        }

        _outbox.Send();
        using var login = session.AwaitsLogin ? new CancellationTokenSource(options.LoginTimeout, time) : null;
        using var onLoginTimeout = login?.Token.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), _input);
        var goesOn = true;
        while (goesOn && !shutdown.Stopping.IsCancellationRequested && session.Session.CloseReason is null)
        {
            goesOn = await HandleAsync(await _input.ReadAsync());
            _outbox.Send();
            if (login is { IsCancellationRequested: true } && session.AwaitsLogin)
            {
                session.Notify($"No name came within {Math.Ceiling(options.LoginTimeout.TotalSeconds)} s, connect again and {session.LoginHint}");
                return;
            }
        }
    }

    /// <summary>Has every whole line that came in handled. False: the conversation is over.</summary>
    private async ValueTask<bool> HandleAsync(ReadResult result)
    {
        var buffer = result.Buffer;
        var goesOn = true;
        try
        {
            while (goesOn && session.Session.CloseReason is null && framer.TryRead(ref buffer, out var line) is not FrameResult.Incomplete and var frame)
            {
                await RateAsync();

                // Somebody may have had it end while the line waited its turn.
                goesOn = session.Session.CloseReason is null && await session.ReceiveAsync(frame, line, connection.ConnectionClosed);
                if (_outbox.IsOverHighWater)
                {
                    // Whoever does not read its answers gets no further ones: its own commands wait, nobody else's.
                    _outbox.Send();
                    await _outbox.WhenDrainedAsync().WaitAsync(shutdown.Stopping);
                }
            }

            if (goesOn && result.IsCompleted)
            {
                if (framer.TryReadRest(ref buffer, out var rest))
                {
                    await RateAsync();
                    if (session.Session.CloseReason is null)
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

    private ValueTask RateAsync()
    {
        var wait = rate?.Take() ?? TimeSpan.Zero;
        if (wait == TimeSpan.Zero || shutdown.Stopping.IsCancellationRequested)
        {
            return default;
        }

        TellOfDelay();
        _outbox.Send();
        return new ValueTask(DelayAsync(wait));
    }

    private void TellOfDelay()
    {
        if (_toldOfDelay is { } last && time.GetElapsedTime(last) < DelayNoticeInterval)
        {
            return;
        }

        _toldOfDelay = time.GetTimestamp();
        session.NotifyDelayed($"Your lines come faster than {options.CommandRate} a second: they wait their turn, and none is lost");
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
        try
        {
            await _transport.FinishAsync().WaitAsync(options.DrainTimeout, time);
        }
        catch (TimeoutException)
        {
            Log.DrainTimedOut(logger, connection.RemoteEndPoint, options.DrainTimeout);
            connection.Abort();
        }
    }

    /// <summary>
    /// Ends the write side and lets the client finish: to close a socket while it still brings bytes in would have the
    /// system reset the connection, and what the client has not yet been sent would be lost.
    /// </summary>
    private async Task CloseAsync()
    {
        try
        {
            if (!_inputEnded && (connection as IConnectionSocketFeature ?? connection.Features.Get<IConnectionSocketFeature>())?.Socket is { } socket)
            {
                socket.Shutdown(SocketShutdown.Send);
                using var linger = new CancellationTokenSource(MaxLinger < options.DrainTimeout ? MaxLinger : options.DrainTimeout, time);
                using var onEnd = linger.Token.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), _input);
                while (!linger.IsCancellationRequested && await _input.ReadAsync() is { IsCompleted: false } result)
                {
                    _input.AdvanceTo(result.Buffer.End);
                }
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
