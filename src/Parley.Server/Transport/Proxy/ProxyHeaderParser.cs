using System.Buffers;

namespace Parley.Server.Transport.Proxy;

/// <summary>
/// Reads the header that a proxy sends before everything else, in either version of the PROXY protocol, as
/// <see href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">its specification</see> has it.
/// </summary>
/// <remarks>Keeps nothing between calls: what is incomplete is shown again, from its beginning, with what follows.</remarks>
internal static class ProxyHeaderParser
{
    /// <summary>Takes the header off the buffer if it is there as a whole; otherwise the buffer stays as it is.</summary>
    public static ProxyHeaderStatus TryRead(ref ReadOnlySequence<byte> buffer, out ProxyHeader? header)
    {
        header = null;
        var start = buffer.Slice(0, Math.Min(buffer.Length, ProxyHeaderV2Parser.MaxBytes));
        var bytes = start.IsSingleSegment ? start.FirstSpan : start.ToArray();
        var (status, length) = IsBeginningOf(bytes, ProxyHeaderV2Parser.Signature) ? ProxyHeaderV2Parser.TryParse(bytes, out header)
            : IsBeginningOf(bytes, ProxyHeaderV1Parser.Signature) ? ProxyHeaderV1Parser.TryParse(bytes, out header)
            : (ProxyHeaderStatus.Invalid, 0);
        buffer = buffer.Slice(length);
        return status;
    }

    private static bool IsBeginningOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        var length = Math.Min(bytes.Length, signature.Length);
        return bytes[..length].SequenceEqual(signature[..length]);
    }
}
