namespace Parley.Fuzz.Targets;

/// <summary>Whole conversations with a server: whatever a stranger sends, its session ends in order and nobody else notices.</summary>
internal static class ConversationTargets
{
    private const string Handshake =
        "GET /irc HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: text.ircv3.net\r\n\r\n";

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Conversation("talk-irc", "irc", "CAP LS 302\r\nCAP REQ :message-tags batch labeled-response draft/multiline draft/chathistory\r\nNICK fuzz\r\nUSER fuzz 0 * :Fuzz\r\nCAP END\r\nJOIN #fuzz\r\n"),
        Conversation("talk-irc-registration", "irc", ""),
        Conversation("talk-lines", "lines", ""),
        Conversation("talk-addressed", "addressed", "fuzz\n"),
        Conversation("talk-collect", "collect", ""),
        Conversation("talk-http", "http", ""),
        Conversation("talk-websocket", "http", Handshake),
    ];

    private static FuzzTarget Conversation(string name, string listener, string opening) =>
        new(name, input => FuzzServer.Shared.Converse(listener, opening, input)) { IsConversation = true };
}
