using System.Buffers;

namespace Parley.Server.Connections;

/// <summary>Recognizes by its first line a client that has come to the wrong port: a browser that a page sends to post something, or a client that begins with TLS.</summary>
/// <remarks>
/// <code>
/// request-line = method SP target SP "HTTP/" DIGIT "." DIGIT      ; RFC 9112, 3
/// client-hello = %x16 %x03 *OCTET                                ; RFC 8446, 5.1
/// </code>
/// The fields and the body that follow a request line are lines as well, and a page chooses what is in them: so MUST NOT be read.
/// </remarks>
internal static class ForeignProtocol
{
    private const byte HandshakeRecord = 0x16;

    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>True if a stream begins as TLS does. No line of text begins so.</summary>
    public static bool IsTls(in ReadOnlySequence<byte> start) => !start.IsEmpty && start.FirstSpan is [HandshakeRecord, ..];

    /// <summary>True if a line is the first of an HTTP request.</summary>
    public static bool IsRequestLine(ReadOnlySpan<byte> line)
    {
        var method = line.IndexOf((byte)' ');
        var target = line.LastIndexOf((byte)' ');
        return method > 0 && target > method + 1
            && !line[..method].ContainsAnyExcept(TokenBytes)
            && !line[(method + 1)..target].Contains((byte)' ')
            && line[(target + 1)..].TrimEnd((byte)'\r') is [(byte)'H', (byte)'T', (byte)'T', (byte)'P', (byte)'/', >= (byte)'0' and <= (byte)'9', (byte)'.', >= (byte)'0' and <= (byte)'9'];
    }

    /// <summary>True if a line that is too long to be seen whole may be the first of an HTTP request.</summary>
    public static bool MayBeRequestLine(in ReadOnlySequence<byte> start)
    {
        const int Longest = 32;
        Span<byte> bytes = stackalloc byte[(int)Math.Min(Longest, start.Length)];
        start.Slice(0, bytes.Length).CopyTo(bytes);
        var method = bytes.IndexOf((byte)' ');
        return method > 0 && !bytes[..method].ContainsAnyExcept(TokenBytes)
            && bytes[(method + 1)..] is [(byte)'/' or (byte)'*', ..] or [(byte)'h', (byte)'t', (byte)'t', (byte)'p', ..];
    }
}
