using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Parley.Server.Transport;

/// <summary>Accepts connections for as long as its socket lives, whatever happens to single connections or to the machine.</summary>
internal sealed class LineListener(
    Socket socket,
    Func<Socket, ConnectionContext> createConnection,
    TimeSpan keepAlive,
    TimeProvider time,
    ILogger logger,
    int maxUnsentBytes = 0,
    ServerOpening? opening = null) : IConnectionListener
{
    // TCP_NOTSENT_LOWAT of Linux (tcp(7)), which .NET has no name for.
    private const int TcpLevel = 6;
    private const int TcpNotSentLowWater = 25;

    /// <summary>Time to wait when the machine is out of descriptors: long enough for some to be closed, short enough not to be noticed.</summary>
    private static readonly TimeSpan BackOff = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest keep-alive time, in seconds, that Linux takes (tcp(7)): with more, no connection could be set up.</summary>
    private const int MaxKeepAliveSeconds = 32767;

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
                Prepare(accepted);
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

    private void Prepare(Socket accepted)
    {
        // Batches are made above; the kernel has nothing to wait for.
        accepted.NoDelay = true;
        if (maxUnsentBytes > 0 && OperatingSystem.IsLinux())
        {
            // The kernel would take up to 4 MB for a reader who takes nothing: answers made for nobody, and memory that nobody counts.
            accepted.SetRawSocketOption(TcpLevel, TcpNotSentLowWater, BitConverter.GetBytes(maxUnsentBytes));
        }

        if (keepAlive > TimeSpan.Zero)
        {
            var seconds = Math.Clamp((int)keepAlive.TotalSeconds, 1, MaxKeepAliveSeconds);
            accepted.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            accepted.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
            accepted.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Math.Max(1, seconds / 6));
            accepted.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
        }
    }
}
