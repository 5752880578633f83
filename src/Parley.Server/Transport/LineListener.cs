using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Parley.Server.Transport;

/// <summary>Accepts connections for as long as its socket lives, whatever happens to single connections or to the machine.</summary>
/// <param name="socket">The socket, which listens.</param>
/// <param name="createConnection">Makes a connection of an accepted socket.</param>
/// <param name="settings">Settings that each accepted socket is given; null where it has inherited them.</param>
/// <param name="time">Time.</param>
/// <param name="logger">Takes note of what fails.</param>
/// <param name="opening">When the first may be accepted; null for at once.</param>
internal sealed class LineListener(
    Socket socket,
    Func<Socket, ConnectionContext> createConnection,
    SocketSettings? settings,
    TimeProvider time,
    ILogger logger,
    ServerOpening? opening = null) : IConnectionListener
{
    /// <summary>Time to wait when the machine is out of descriptors: long enough for some to be closed, short enough not to be noticed.</summary>
    private static readonly TimeSpan BackOff = TimeSpan.FromMilliseconds(100);

    // Not disposed of: there is no handle in it, and whoever accepts looks at it late.
    private readonly CancellationTokenSource _unbound = new();

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        if (opening is { Opened: { IsCompleted: false } opened })
        {
            await opened.WaitAsync(cancellationToken);
        }

        using var either = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _unbound.Token) : null;
        var end = either?.Token ?? _unbound.Token;
        while (true)
        {
            Socket accepted;
            try
            {
                accepted = await socket.AcceptAsync(end);
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
            catch (OperationCanceledException) when (_unbound.IsCancellationRequested)
            {
                return null;
            }
            catch (SocketException e)
            {
                switch (AcceptErrors.TierOf(e.SocketErrorCode))
                {
                    case AcceptErrorTier.Fatal:
                        return null;
                    case AcceptErrorTier.BackOff:
                        Log.AcceptBackedOff(logger, EndPoint, e.SocketErrorCode, BackOff);
                        await Task.Delay(BackOff, time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        continue;
                    default:
                        Log.AcceptFailed(logger, EndPoint, e.Message);
                        continue;
                }
            }

            try
            {
                settings?.Apply(accepted);
                return createConnection(accepted);
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                // The other side was gone by then, or the machine is out of something: only this connection fails.
                accepted.Dispose();
                Log.AcceptFailed(logger, EndPoint, e.Message);
            }
        }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        if (opening is not { SocketsStay: true })
        {
            socket.Dispose();
        }
    }

    public ValueTask DisposeAsync() => UnbindAsync();
}
