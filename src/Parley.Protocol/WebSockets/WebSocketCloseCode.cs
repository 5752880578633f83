namespace Parley.Protocol.WebSockets;

/// <summary>The reasons for which a connection ends (RFC 6455, section 7.4.1).</summary>
public enum WebSocketCloseCode
{
    /// <summary>Everything was said.</summary>
    Normal = 1000,

    /// <summary>The server stops.</summary>
    GoingAway = 1001,

    /// <summary>The bytes are no frames.</summary>
    ProtocolError = 1002,

    /// <summary>The message is of a kind that was not agreed.</summary>
    UnsupportedData = 1003,

    /// <summary>The message's content does not fit its kind.</summary>
    InvalidPayload = 1007,

    /// <summary>The client may not connect.</summary>
    PolicyViolation = 1008,

    /// <summary>The message is over the limit.</summary>
    TooBig = 1009,
}
