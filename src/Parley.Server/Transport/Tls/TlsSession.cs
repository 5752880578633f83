using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Parley.Server.Transport.Tls;

/// <summary>Terms that were agreed in a handshake.</summary>
internal sealed record TlsSession(string Protocol, string Cipher, string? ClientCertificateFingerprint = null) : ITlsFeature
{
    /// <summary>Of a stream whose handshake is done.</summary>
    public static TlsSession Of(SslStream stream) => new(
        stream.SslProtocol switch
        {
            SslProtocols.Tls12 => "TLSv1.2",
            SslProtocols.Tls13 => "TLSv1.3",
            var other => other.ToString(),
        },
        stream.NegotiatedCipherSuite.ToString(),
        stream.RemoteCertificate is { } certificate ? Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256)) : null);
}
