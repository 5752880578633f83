using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Cluster.Membership;

namespace Parley.Cluster.Links;

/// <summary>Certificate and key by which a node is known at links: made at each start, signed by itself, kept in memory alone.</summary>
public sealed class LinkCertificate : IDisposable
{
    private LinkCertificate(X509Certificate2 certificate) => (Certificate, Digest) = (certificate, CertificateDigest.Of(certificate));

    /// <summary>The digest by which others know it.</summary>
    public CertificateDigest Digest { get; }

    internal X509Certificate2 Certificate { get; }

    /// <summary>Makes one.</summary>
    public static LinkCertificate Create(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=parley node", key, HashAlgorithmName.SHA256);
        var now = time.GetUtcNow();

        // Nobody looks at the times: who knows the digest knows the node.
        return new LinkCertificate(request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10)));
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => Certificate.Dispose();
}
