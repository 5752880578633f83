using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Parley.Server.Options;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Transport;

/// <summary>
/// Makes the listeners of the line protocols. Their connections run on socket loops; HTTP, whose handlers may block, stays
/// with Kestrel's own listeners and the thread pool.
/// </summary>
internal sealed class LineListenerFactory(ParleyOptions options, TimeProvider time, ILoggerFactory loggers, SocketLoops? loops = null)
    : IConnectionListenerFactory
{
    /// <summary>Connections that may wait to be accepted: the system's own maximum applies below this.</summary>
    private const int Backlog = 4096;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var address = (IPEndPoint)endpoint;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(address);
            socket.Listen(Backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var logger = loggers.CreateLogger<LineListener>();
        return new(new LineListener(socket, CreateConnection(logger), options.KeepAlive, time, logger));
    }

    /// <summary>Connections of a socket loop where there is one, else of Kestrel's own transport.</summary>
    private Func<Socket, ConnectionContext> CreateConnection(ILogger logger)
    {
        if (loops is not null)
        {
            return loops.Create;
        }

        var sockets = new SocketConnectionContextFactory(
            new SocketConnectionFactoryOptions
            {
                // A flush completes when the socket has taken the bytes, not when a second buffer has: what waits, waits
                // in the outbox, where it is bounded and counted.
                MaxWriteBufferSize = 1,
            },
            logger);
        return sockets.Create;
    }
}
