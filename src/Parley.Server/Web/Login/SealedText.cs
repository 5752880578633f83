using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Web.Login;

/// <summary>Seals what a browser keeps for the server for a while, so that nobody reads or changes it, and the server need remember nothing.</summary>
/// <remarks>
/// <code>
/// sealed = base64url( nonce(12) tag(16) encrypted( until(8) text ) )    ; AES-256-GCM, with the purpose as associated data
/// </code>
/// The key is this process's: what was sealed before a restart is nothing.
/// </remarks>
internal sealed class SealedText(TimeProvider time) : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int TimeBytes = sizeof(long);

    private readonly AesGcm _cipher = new(RandomNumberGenerator.GetBytes(32), TagBytes);

    /// <summary>Seals a text, which can be opened for the same purpose for as long as said.</summary>
    public string Seal(string purpose, string text, TimeSpan lifetime)
    {
        var plain = new byte[TimeBytes + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteInt64LittleEndian(plain, (time.GetUtcNow() + lifetime).UtcTicks);
        Encoding.UTF8.GetBytes(text, plain.AsSpan(TimeBytes));
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        _cipher.Encrypt(bytes.AsSpan(0, NonceBytes), plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Returns the text that was sealed for a purpose; null if none was, or too long ago.</summary>
    public string? Open(string purpose, string? sealedText)
    {
        byte[] bytes;
        try
        {
            bytes = Base64Url.DecodeFromChars(sealedText ?? "");
        }
        catch (FormatException)
        {
            return null;
        }

        // In one spelling alone: whoever remembers a text knows it again.
        if (bytes.Length < NonceBytes + TagBytes + TimeBytes || Base64Url.EncodeToString(bytes) != sealedText)
        {
            return null;
        }

        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        try
        {
            _cipher.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(purpose));
        }
        catch (CryptographicException)
        {
            return null;
        }

        return BinaryPrimitives.ReadInt64LittleEndian(plain) > time.GetUtcNow().UtcTicks ? Encoding.UTF8.GetString(plain.AsSpan(TimeBytes)) : null;
    }

    public void Dispose() => _cipher.Dispose();
}
