using System.Security.Authentication;

namespace Parley.Server.Transport.Tls;

/// <summary>Tells whoever begins in plain text at a port for TLS so, in plain text, as nothing else would be understood.</summary>
internal static class PlainTextAnswer
{
    private const byte HandshakeRecord = 0x16;

    /// <summary>Text of the answer, which reads as an error in every line protocol.</summary>
    public static ReadOnlyMemory<byte> Text { get; } =
        "ERROR :This port is for TLS: have your client use it, or connect to the port for plain text\r\n"u8.ToArray();

    /// <summary>True if a client's first bytes are no handshake (RFC 8446, 5.1).</summary>
    public static bool IsDue(ReadOnlySpan<byte> first) => first is [not HandshakeRecord, ..];

    /// <summary>Why there is no handshake then, for the log.</summary>
    public static AuthenticationException Reason() => new("it began in plain text, and was told so");
}
