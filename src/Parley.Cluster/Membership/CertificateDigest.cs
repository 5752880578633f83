using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Cluster.Membership;

/// <summary>SHA-256 of a node's certificate, by which the others know it; all of it is compared.</summary>
public readonly record struct CertificateDigest
{
    private readonly string? _hex;

    private CertificateDigest(string hex) => _hex = hex;

    /// <summary>The digest of a certificate.</summary>
    public static CertificateDigest Of(X509Certificate certificate) => new(Convert.ToHexStringLower(SHA256.HashData(certificate.GetRawCertData())));

    /// <summary>A digest as it is in the table.</summary>
    public static CertificateDigest Of(ReadOnlySpan<byte> digest) => new(Convert.ToHexStringLower(digest));

    /// <summary>The digest as bytes.</summary>
    public byte[] ToArray() => Convert.FromHexString(_hex ?? "");

    /// <summary>The digest in hexadecimal digits.</summary>
    public override string ToString() => _hex ?? "";
}
