using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Parley.Server.Options;

namespace Parley.Server.Transport;

/// <summary>
/// Makes the listeners of the line protocols. Their connections run on the thread that found the socket ready, without a
/// hop to the pool; HTTP, whose handlers may block, stays with Kestrel's own listeners.
/// </summary>
internal sealed class LineListenerFactory(ParleyOptions options, TimeProvider time, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <summary>Connections that may wait to be accepted: the system's own maximum applies below this.</summary>
    private const int Backlog = 4096;

    public bool CanBind(EndPoint endpoint) => endpoint is LineEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var address = (LineEndPoint)endpoint;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(address.Address, address.Port));
            socket.Listen(Backlog);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(e.Message, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var logger = loggers.CreateLogger<LineListener>();
        var contexts = new SocketConnectionContextFactory(
            new SocketConnectionFactoryOptions
            {
                UnsafePreferInlineScheduling = true,

                // A flush completes when the socket has taken the bytes, not when a second buffer has: what waits, waits
                // in the outbox, where it is bounded and counted.
                MaxWriteBufferSize = 1,
            },
            logger);
        return new(new LineListener(address.Name, socket, contexts, options.KeepAlive, time, logger));
    }
}
