namespace Parley.Server.WebSockets;

/// <summary>The sub-protocols of IRC over WebSocket: https://ircv3.net/specs/extensions/websocket</summary>
internal static class WebSocketProtocols
{
    /// <summary>Messages are text.</summary>
    public const string Text = "text.ircv3.net";

    /// <summary>Messages are bytes.</summary>
    public const string Binary = "binary.ircv3.net";

    /// <summary>The first that both sides have, in the client's order; null if there is none.</summary>
    public static string? Choose(IEnumerable<string> offered) => offered.FirstOrDefault(name => name is Text or Binary);
}
