namespace Parley.Protocol.WebSockets;

/// <summary>The kinds of frames (RFC 6455, section 5.2); from 8 on they are about the connection, not part of a message.</summary>
public enum WebSocketOpcode
{
    /// <summary>The next piece of a message.</summary>
    Continuation = 0,

    /// <summary>A message of UTF-8 text, or its first piece.</summary>
    Text = 1,

    /// <summary>A message of bytes, or its first piece.</summary>
    Binary = 2,

    /// <summary>The connection ends.</summary>
    Close = 8,

    /// <summary>Asks for a pong with the same bytes.</summary>
    Ping = 9,

    /// <summary>Answers a ping; one that answers none means nothing.</summary>
    Pong = 10,
}
