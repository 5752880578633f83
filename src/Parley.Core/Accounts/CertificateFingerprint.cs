using System.Buffers;
using System.Security.Cryptography;

namespace Parley.Core.Accounts;

/// <summary>The SHA-256 of a client's TLS certificate (its DER bytes), as 64 small hexadecimal digits.</summary>
public readonly record struct CertificateFingerprint
{
    private const int HexDigits = 2 * SHA256.HashSizeInBytes;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly string? _value;

    private CertificateFingerprint(string value) => _value = value;

    /// <summary>The digits; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The fingerprint of a certificate.</summary>
    /// <param name="der">The certificate as it was sent.</param>
    public static CertificateFingerprint Of(ReadOnlySpan<byte> der) => new(Convert.ToHexStringLower(SHA256.HashData(der)));

    /// <summary>Reads a fingerprint as programs print it: in any case, with colons between the bytes or without.</summary>
    public static bool TryParse(string text, out CertificateFingerprint fingerprint)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        var isOne = digits.Length == HexDigits && !digits.AsSpan().ContainsAnyExcept(Digits);
        fingerprint = isOne ? new CertificateFingerprint(digits) : default;
        return isOne;
    }

    /// <summary>The digits.</summary>
    public override string ToString() => Value;
}
