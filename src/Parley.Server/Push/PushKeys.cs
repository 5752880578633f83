using System.Buffers.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Push;

/// <summary>Reads the keys of a device, which come in the form of message tags: <c>p256dh=...;auth=...</c>, each in base64url.</summary>
internal static class PushKeys
{
    /// <summary>Reads them; false unless there is a point of P-256 and a secret of 16 bytes.</summary>
    /// <param name="text">The keys.</param>
    /// <param name="publicKey">The point, in base64url.</param>
    /// <param name="secret">The secret, in base64url.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out string publicKey, out string secret)
    {
        var tags = new IrcTags(text);
        (publicKey, secret) = ("", "");
        if (!tags.TryGet("p256dh"u8, out var key) || Decode(key) is not { } point || !PushEncryption.IsKey(point)
            || !tags.TryGet("auth"u8, out var shared) || Decode(shared) is not { Length: PushEncryption.SecretSize } bytes)
        {
            return false;
        }

        (publicKey, secret) = (Base64Url.EncodeToString(point), Base64Url.EncodeToString(bytes));
        return true;
    }

    private static byte[]? Decode(ReadOnlySpan<byte> value)
    {
        var text = IrcTagValue.Unescape(value);
        return Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
    }
}
