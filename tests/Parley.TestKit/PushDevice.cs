using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parley.TestKit;

/// <summary>A device that messages are pushed to: makes its keys, and reads what comes as RFC 8291 and RFC 8188 say, in a way of its own.</summary>
public sealed class PushDevice : IDisposable
{
    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(16);

    public PushDevice(string endpoint) => Endpoint = endpoint;

    public string Endpoint { get; }

    /// <summary>The public key, in base64url.</summary>
    public string PublicKey => Base64Url.EncodeToString(PointOf(_key));

    /// <summary>The secret, in base64url.</summary>
    public string Secret => Base64Url.EncodeToString(_secret);

    /// <summary>The keys in the form of message tags.</summary>
    public string Keys => $"p256dh={PublicKey};auth={Secret}";

    /// <summary>Reads a body; it throws where the body is not for this device, or was changed.</summary>
    public string Decrypt(byte[] body)
    {
        var (salt, recordSize, keyLength) = (body[..16], BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16)), body[20]);
        var (senderKey, record) = (body[21..(21 + keyLength)], body[(21 + keyLength)..]);
        if (record.Length > recordSize)
        {
            throw new CryptographicException("There is more than one record");
        }

        using var sender = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = senderKey[1..33], Y = senderKey[33..] },
        });

        // HKDF of RFC 5869, written out: HMAC to extract, HMAC to expand.
        var keyMaterial = Expand(HMACSHA256.HashData(_secret, _key.DeriveRawSecretAgreement(sender.PublicKey)), [.. "WebPush: info\0"u8, .. PointOf(_key), .. senderKey], 32);
        var random = HMACSHA256.HashData(salt, keyMaterial);
        var (key, nonce) = (Expand(random, "Content-Encoding: aes128gcm\0"u8, 16), Expand(random, "Content-Encoding: nonce\0"u8, 12));
        var plain = new byte[record.Length - 16];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(nonce, record[..^16], record[^16..], plain);
        var end = Array.FindLastIndex(plain, octet => octet != 0);
        return plain[end] == 2 ? Encoding.UTF8.GetString(plain, 0, end) : throw new CryptographicException("The last record does not end as one");
    }

    public void Dispose() => _key.Dispose();

    private static byte[] Expand(byte[] random, ReadOnlySpan<byte> info, int length) => HMACSHA256.HashData(random, (byte[])[.. info, 1])[..length];

    private static byte[] PointOf(ECDiffieHellman key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. point.X!, .. point.Y!];
    }
}
