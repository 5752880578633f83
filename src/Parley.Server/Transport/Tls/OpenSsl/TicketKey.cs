using System.Security.Cryptography;

namespace Parley.Server.Transport.Tls.OpenSsl;

/// <summary>A key for session tickets: encrypts with AES-256-CBC, vouches with HMAC-SHA-256 (RFC 5077, section 4).</summary>
internal sealed class TicketKey
{
    /// <summary>Bytes in a name.</summary>
    public const int NameBytes = 16;

    /// <summary>Bytes in either key.</summary>
    public const int KeyBytes = 32;

    // Pinned, so that the collector leaves no copies of them about.
    private readonly byte[] _encryption = Random(KeyBytes);
    private readonly byte[] _authentication = Random(KeyBytes);
    private readonly byte[] _name = Random(NameBytes);

    /// <summary>The name that tickets carry in the clear.</summary>
    public ReadOnlySpan<byte> Name => _name;

    public ReadOnlySpan<byte> Encryption => _encryption;

    public ReadOnlySpan<byte> Authentication => _authentication;

    private static byte[] Random(int length)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        RandomNumberGenerator.Fill(bytes);
        return bytes;
    }
}
