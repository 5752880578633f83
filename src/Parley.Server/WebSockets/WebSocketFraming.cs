using System.Buffers;
using Parley.Core.Delivery;
using Parley.Protocol.WebSockets;

namespace Parley.Server.WebSockets;

/// <summary>Lines as WebSocket messages, one each. A server's frames are not masked, so all members of a room can share them.</summary>
internal sealed class WebSocketFraming : LineFraming
{
    private WebSocketFraming(WebSocketOpcode kind) => Kind = kind;

    /// <summary>For clients that speak <see cref="WebSocketProtocols.Text"/>, or name no sub-protocol.</summary>
    public static WebSocketFraming Text { get; } = new(WebSocketOpcode.Text);

    /// <summary>For clients that speak <see cref="WebSocketProtocols.Binary"/>.</summary>
    public static WebSocketFraming Binary { get; } = new(WebSocketOpcode.Binary);

    /// <summary>The kind of messages, both ways.</summary>
    public WebSocketOpcode Kind { get; }

    /// <summary>Name of IRC in these frames, for another process that goes on with a connection.</summary>
    public override string ToString() => Kind == WebSocketOpcode.Text ? "websocket-text" : "websocket-binary";

    public override void Write(ReadOnlySpan<byte> lines, IBufferWriter<byte> output) => WebSocketWriter.WriteLines(output, Kind, lines);
}
