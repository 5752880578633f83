using System.Buffers;
using System.Buffers.Text;

namespace Parley.Server.Accounts.Sasl;

/// <summary>Puts the parameters of AUTHENTICATE together to messages, and takes answers apart. https://ircv3.net/specs/extensions/sasl-3.1</summary>
/// <remarks>
/// <code>
/// regular-authenticate-set = *("AUTHENTICATE" SP 400BASE64 CRLF) "AUTHENTICATE" SP (1*399BASE64 / "+") CRLF
/// </code>
/// The mechanism's name before, and "*" to abort, are for the command. One collection per message or attempt: after anything
/// but <see cref="SaslChunkResult.More"/>, and after <see cref="Clear"/>, it is empty again.
/// </remarks>
/// <param name="maxBytes">Bytes of base64 in a message of the client's.</param>
internal sealed class SaslChunks(int maxBytes = 8192)
{
    /// <summary>Bytes in a chunk that another follows.</summary>
    public const int ChunkBytes = 400;

    private static readonly SearchValues<byte> Base64Bytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    private readonly ArrayBufferWriter<byte> _collected = new();

    /// <summary>Takes a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="message">The message, decoded, where it is complete.</param>
    public SaslChunkResult Add(ReadOnlySpan<byte> parameter, out ReadOnlyMemory<byte> message)
    {
        message = default;
        var result = Collect(parameter);
        if (result == SaslChunkResult.Complete)
        {
            var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(_collected.WrittenCount)];
            var isBase64 = Base64.DecodeFromUtf8(_collected.WrittenSpan, bytes, out _, out var length) == OperationStatus.Done;
            message = isBase64 ? bytes.AsMemory(0, length) : default;
            result = isBase64 ? result : SaslChunkResult.Malformed;
        }

        if (result != SaslChunkResult.More)
        {
            _collected.ResetWrittenCount();
        }

        return result;
    }

    /// <summary>Forgets what an attempt that is given up has collected.</summary>
    public void Clear() => _collected.ResetWrittenCount();

    /// <summary>The parameters that carry a message of the server's.</summary>
    public static IEnumerable<string> Split(ReadOnlyMemory<byte> message)
    {
        var base64 = Convert.ToBase64String(message.Span);
        for (var at = 0; at < base64.Length; at += ChunkBytes)
        {
            yield return base64[at..Math.Min(base64.Length, at + ChunkBytes)];
        }

        if (base64.Length % ChunkBytes == 0)
        {
            yield return "+";
        }
    }

    private SaslChunkResult Collect(ReadOnlySpan<byte> parameter)
    {
        if (parameter.SequenceEqual("+"u8))
        {
            return SaslChunkResult.Complete;
        }

        if (parameter.Length > ChunkBytes || _collected.WrittenCount + parameter.Length > maxBytes)
        {
            return SaslChunkResult.TooLong;
        }

        if (parameter.IsEmpty || parameter.ContainsAnyExcept(Base64Bytes))
        {
            return SaslChunkResult.Malformed;
        }

        _collected.Write(parameter);
        return parameter.Length == ChunkBytes ? SaslChunkResult.More : SaslChunkResult.Complete;
    }
}
