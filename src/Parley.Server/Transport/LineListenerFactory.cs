using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Parley.Server.Options;
using Parley.Server.Transport.Http;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Transport;

/// <summary>
/// Makes the listeners. Connections of the line protocols run on socket loops; those of HTTP, whose handlers may block, are only received by
/// them, and run on the thread pool.
/// </summary>
internal sealed class LineListenerFactory(ParleyOptions options, TimeProvider time, ILoggerFactory loggers, SocketLoops? loops = null, PassedSockets? passed = null, ServerOpening? opening = null)
    : IConnectionListenerFactory
{
    /// <summary>Connections that may wait to be accepted: the system's own maximum applies below this.</summary>
    private const int Backlog = 4096;

    private readonly List<(IPEndPoint Address, Socket Socket)> _bound = [];

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var logger = loggers.CreateLogger<LineListener>();
        return new(Bind(endpoint, CreateConnection(logger), logger));
    }

    /// <summary>The same for HTTP, where there are socket loops: its sockets can be taken over after an upgrade. Null: Kestrel's own transport has to do.</summary>
    public IConnectionListener? TryBindForHttp(EndPoint endpoint)
        => loops is null ? null : Bind(endpoint, socket => new HttpConnection(loops.Create(socket)), loggers.CreateLogger<LineListener>());

    /// <summary>The sockets that listen, each with the address that was asked for.</summary>
    public IReadOnlyList<(IPEndPoint Address, Socket Socket)> Bound
    {
        get
        {
            lock (_bound)
            {
                return [.. _bound];
            }
        }
    }

    /// <summary>Bounds the bytes that the kernel holds for a reader by those that may wait for it: by as much as its outbox is let drain to.</summary>
    private SocketSettings Settings => new(options.KeepAlive, options.MaxOutboxBytes / 8);

    private LineListener Bind(EndPoint endpoint, Func<Socket, ConnectionContext> createConnection, ILogger logger)
    {
        var address = (IPEndPoint)endpoint;
        if (passed?.TakeFor(address) is { } given)
        {
            // Who has come to it already has not inherited anything.
            return Listener(address, given, createConnection, Settings, logger);
        }

        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            // Ahead of anybody who comes.
            if (SocketSettings.AreInherited)
            {
                Settings.Apply(socket);
            }

            socket.Bind(address);
            socket.Listen(Backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return Listener(address, socket, createConnection, SocketSettings.AreInherited ? null : Settings, logger);
    }

    private LineListener Listener(IPEndPoint address, Socket socket, Func<Socket, ConnectionContext> createConnection, SocketSettings? settings, ILogger logger)
    {
        lock (_bound)
        {
            _bound.Add((address, socket));
        }

        return new(socket, createConnection, settings, time, logger, opening);
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
