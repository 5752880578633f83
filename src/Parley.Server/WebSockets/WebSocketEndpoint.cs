using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc;
using Parley.Server.Metrics;
using Parley.Server.Options;
using Parley.Server.Transport.Tls;

namespace Parley.Server.WebSockets;

/// <summary>IRC over WebSocket, at <c>/irc</c>: the same sessions as over TCP.</summary>
internal sealed class WebSocketEndpoint(
    LineServer server,
    ConnectionGate gate,
    ShutdownSequence shutdown,
    IrcContext context,
    OriginRule origins,
    ParleyOptions options,
    ParleyMetrics metrics,
    TimeProvider time,
    ILogger<WebSocketEndpoint> logger)
{
    /// <summary>What its connections and their traffic are counted under.</summary>
    private const string Listener = "websocket";

    /// <summary>A line with all the tags that it may have.</summary>
    private const int MaxMessageBytes = IrcFramer.MaxTagBytes + IrcFramer.MaxBodyBytes;

    /// <summary>How long a client may take to hear why it may not come in.</summary>
    private static readonly TimeSpan MaxRefusal = TimeSpan.FromSeconds(2);

    private readonly ProtocolMetrics _protocol = metrics.For(Listener);

    /// <summary>Maps the endpoint.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        // Of its own, so that an application that hosts the server need not know that it takes WebSockets.
        var pipeline = routes.CreateApplicationBuilder();
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        pipeline.Run(RunAsync);
        routes.Map("/irc", pipeline.Build());
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

        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = WebSocketProtocols.Choose(http.WebSockets.WebSocketRequestedProtocols),
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

    private async Task RunAsync(HttpContext http, WebSocket socket)
    {
        if (!origins.Allows(http.Request))
        {
            // Told after the handshake: a page is shown nothing of an answer that comes before.
            Log.OriginRefused(logger, http.Connection.RemoteIpAddress, http.Request.Headers.Origin.ToString());
            await RefuseAsync(socket, $"Pages of {http.Request.Headers.Origin} may not connect: see --web-origins");
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
        var remote = http.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, http.Connection.RemotePort) : null;
        await using var connection = new WebSocketConnection(socket, remote, MaxMessageBytes, time, http.RequestAborted);
        if (http.Request.IsHttps)
        {
            connection.Features.Set<ITlsFeature>(new TlsSession("", "", ClientCertificateFingerprint: null));
        }

        var session = new IrcSession(context, new IrcPeer(connection, gate, Listener));
        await connection.RunAsync(context.Clients.RunAsync(session, () => server.RunAsync(connection, session, new IrcFramer())), shutdown.Stopping);
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
