using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Files;
using Parley.Server.Http;
using Parley.Server.Irc.Dispatch;
using Parley.Server.Irc.Server;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Metrics;
using Parley.Server.Options;
using Parley.Server.Transport.Http;
using Parley.Server.Transport.Tls;

namespace Parley.Server.WebSockets;

/// <summary>IRC over WebSocket, at <c>/irc</c>: the same sessions as over TCP.</summary>
internal sealed class WebSocketEndpoint(
    LineServer server,
    ConnectionGate gate,
    OpenConnections open,
    ShutdownSequence shutdown,
    IrcContext context,
    IrcCommandSet commands,
    OriginRule origins,
    FileHost files,
    LoopbackRule loopback,
    ParleyOptions options,
    ParleyMetrics metrics,
    TimeProvider time,
    ILogger<WebSocketEndpoint> logger)
{
    private const string Path = "/irc";

    /// <summary>Name under which the endpoint's connections and their traffic are counted.</summary>
    private const string Listener = "websocket";

    /// <summary>Time a client may take to hear why it may not come in.</summary>
    private static readonly TimeSpan MaxRefusal = TimeSpan.FromSeconds(2);

    /// <summary>Longest part of an origin, in bytes, that is shown and logged.</summary>
    private const int MaxShownOrigin = 100;

    private readonly ProtocolMetrics _protocol = metrics.For(Listener);
    private readonly WebSocketConnectionHandler _text = new(server, gate, context, commands, Listener, WebSocketFraming.Text);
    private readonly WebSocketConnectionHandler _binary = new(server, gate, context, commands, Listener, WebSocketFraming.Binary);

    /// <summary>Maps the endpoint.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        // Of its own, so that an application that hosts the server need not know that it takes WebSockets.
        var pipeline = routes.CreateApplicationBuilder();
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        pipeline.Run(RunAsync);
        routes.Map(Path, pipeline.Build());
    }

    private async Task RunAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            http.Response.Headers.Upgrade = "websocket";
            await http.Response.WriteAsync($"This is IRC over WebSocket: connect with {WebSocketProtocols.Text} or {WebSocketProtocols.Binary}\n", http.RequestAborted);
            return;
        }

        var subProtocol = WebSocketProtocols.Choose(http.WebSockets.WebSocketRequestedProtocols);
        if (CanHandOver(http, subProtocol) && http.Features.Get<ISocketHandover>() is { IsPossible: true } handover)
        {
            await HandOverAsync(http, handover, subProtocol);
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = subProtocol,
            DangerousEnableCompression = options.WebCompression,
        });
        _protocol.ConnectionOpened();
        try
        {
            await RunAsync(http, socket);
        }
        finally
        {
            _protocol.ConnectionClosed();
        }
    }

    /// <summary>True if a connection may run on a socket loop: it is let in, and its messages are not compressed.</summary>
    private bool CanHandOver(HttpContext http, string? subProtocol)
        => origins.Allows(http.Request)
            && (subProtocol is not null || http.WebSockets.WebSocketRequestedProtocols.Count == 0)
            && !(options.WebCompression && WebSocketHandshake.OffersCompression(http.Request));

    /// <summary>Agrees, and takes the socket over: HTTP's part ends here.</summary>
    private async Task HandOverAsync(HttpContext http, ISocketHandover handover, string? subProtocol)
    {
        var connection = await handover.TakeAsync(await WebSocketHandshake.AcceptAsync(http, subProtocol));
        connection.RemoteEndPoint = Remote(http);
        Describe(http, connection);

        open.Start(connection, string.Equals(subProtocol, WebSocketProtocols.Binary, StringComparison.Ordinal) ? _binary : _text, _protocol);
    }

    /// <summary>Tells the session what matters of its request: whether nobody can read along, and whether it may be anybody's although it comes from this machine.</summary>
    private void Describe(HttpContext http, ConnectionContext connection)
    {
        if (http.Request.IsHttps)
        {
            connection.Features.Set<ITlsFeature>(new TlsSession("", "", ClientCertificateFingerprint: null));
        }

        if (!loopback.IsFromHere(http))
        {
            connection.Features.Set(SharedLoopback.Mark);
        }

        if (files.UrlFor(http.Request, Path) is { } url)
        {
            connection.Features.Set(new FilesAddress(url));
        }

        // The session is counted from here on.
        http.Features.Get<HttpPlace>()?.Release();
    }

    private static IPEndPoint? Remote(HttpContext http)
        => http.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, http.Connection.RemotePort) : null;

    private async Task RunAsync(HttpContext http, WebSocket socket)
    {
        if (!origins.Allows(http.Request))
        {
            // Told after the handshake: a page is shown nothing of an answer that comes before.
            var origin = IrcTexts.Cut(http.Request.Headers.Origin.ToString(), MaxShownOrigin);
            Log.OriginRefused(logger, http.Connection.RemoteIpAddress, origin);
            await RefuseAsync(socket, $"Pages of {origin} may not connect: see --web-origins");
            return;
        }

        if (socket.SubProtocol is null && http.WebSockets.WebSocketRequestedProtocols.Count > 0)
        {
            await RefuseAsync(socket, $"Ask for {WebSocketProtocols.Text} or {WebSocketProtocols.Binary}");
            return;
        }

        await ServeAsync(http, socket);
    }

    private async Task ServeAsync(HttpContext http, WebSocket socket)
    {
        await using var connection = new WebSocketConnection(socket, Remote(http), WebSocketConnectionHandler.MaxMessageBytes, time, http.RequestAborted);
        Describe(http, connection);

        var session = new IrcDispatcher(context, commands, new IrcPeer(connection, gate, Listener));
        await connection.RunAsync(session.RunAsync(() => server.RunAsync(connection, session, new IrcFramer())), shutdown);
    }

    /// <summary>Ends a connection that the gate has not counted, so not many of them are told at a time.</summary>
    private async Task RefuseAsync(WebSocket socket, string reason)
    {
        if (!gate.TryBeginRefusal())
        {
            socket.Abort();
            return;
        }

        try
        {
            // A close frame has room for 123 bytes.
            await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, IrcTexts.Cut(reason, 120), CancellationToken.None)
                .WaitAsync(MaxRefusal, time);
        }
        catch (Exception e) when (e is WebSocketException or TimeoutException or OperationCanceledException)
        {
            socket.Abort();
        }
        finally
        {
            gate.EndRefusal();
        }
    }
}
