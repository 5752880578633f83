using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Parley.Server.Push;

// https://www.rfc-editor.org/rfc/rfc8291#section-3.4, in the coding of https://www.rfc-editor.org/rfc/rfc8188#section-2
//
// body   = salt (16) size-of-records (4) key-length (1) public-key (65) record
// record = AES-128-GCM(message 0x02 *0x00) ; one, as a push message has no more

/// <summary>Encrypts a message for one device, so that the push service in between reads nothing of it.</summary>
internal static class PushEncryption
{
    /// <summary>Bytes of a message at most: a push service has to take 4096 bytes of body (RFC 8030, section 7.2), of which the header and the end of the record take 103.</summary>
    public const int MaxMessage = 4096 - HeaderSize - 1 - TagSize;

    public const int PublicKeySize = 65;
    public const int SecretSize = 16;
    public const int SaltSize = 16;

    private const int RecordSize = 4096;
    private const int HeaderSize = SaltSize + sizeof(uint) + 1 + PublicKeySize;
    private const int TagSize = 16;

    /// <summary>Lengths of messages are multiples of this, so that whoever carries one cannot tell a short answer from a long one.</summary>
    private const int Grain = 128;

    /// <summary>Encrypts a message with a key and a salt of its own.</summary>
    /// <exception cref="CryptographicException">The device's key is no point of the curve.</exception>
    public static byte[] Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> deviceKey, ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, MaxMessage, nameof(message));
        Span<byte> salt = stackalloc byte[SaltSize];
        RandomNumberGenerator.Fill(salt);
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(message, deviceKey, secret, own, salt, Math.Min((message.Length / Grain * Grain) + Grain, MaxMessage) - message.Length);
    }

    /// <summary>Encrypts a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="deviceKey">The device's public key, as an uncompressed point.</param>
    /// <param name="secret">The secret that the device shares with the server.</param>
    /// <param name="own">The server's key for this message alone.</param>
    /// <param name="salt">The salt of this message alone.</param>
    /// <param name="padding">Bytes that hide how long the message is.</param>
    public static byte[] Encrypt(
        ReadOnlySpan<byte> message, ReadOnlySpan<byte> deviceKey, ReadOnlySpan<byte> secret, ECDiffieHellman own, ReadOnlySpan<byte> salt, int padding = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length + padding, MaxMessage, nameof(message));
        using var device = ECDiffieHellman.Create(ParametersOf(deviceKey));
        using var devicePublic = device.PublicKey;
        var ownKey = PointOf(own.ExportParameters(includePrivateParameters: false));

        var shared = own.DeriveRawSecretAgreement(devicePublic);
        byte[] info = [.. "WebPush: info\0"u8, .. deviceKey, .. ownKey];
        Span<byte> material = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, material, secret, info);
        Span<byte> key = stackalloc byte[16];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, key, salt, "Content-Encoding: aes128gcm\0"u8);
        Span<byte> nonce = stackalloc byte[12];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, nonce, salt, "Content-Encoding: nonce\0"u8);

        var body = new byte[HeaderSize + message.Length + 1 + padding + TagSize];
        salt.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(SaltSize), RecordSize);
        body[SaltSize + sizeof(uint)] = PublicKeySize;
        ownKey.CopyTo(body.AsSpan(SaltSize + sizeof(uint) + 1));

        var plain = new byte[message.Length + 1 + padding];
        message.CopyTo(plain);
        plain[message.Length] = 0x02;
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, body.AsSpan(HeaderSize, plain.Length), body.AsSpan(HeaderSize + plain.Length));
        return body;
    }

    /// <summary>True if this is a public key: an uncompressed point of P-256.</summary>
    public static bool IsKey(ReadOnlySpan<byte> point)
    {
        if (point.Length != PublicKeySize || point[0] != 0x04)
        {
            return false;
        }

        try
        {
            using var key = ECDiffieHellman.Create(ParametersOf(point));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>A public key as an uncompressed point.</summary>
    public static byte[] PointOf(in ECParameters key) => [0x04, .. key.Q.X!, .. key.Q.Y!];

    private static ECParameters ParametersOf(ReadOnlySpan<byte> point) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() },
    };
}
