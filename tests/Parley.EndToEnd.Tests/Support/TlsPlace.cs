using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>A certificate that nobody vouches for, and the settings of a server that shows it at every listener for TLS.</summary>
internal sealed class TlsPlace : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TlsPlace()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(FileOf("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(FileOf("key.pem"), key.ExportPkcs8PrivateKeyPem());
        Fingerprint = Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));
    }

    /// <summary>SHA-256 of the certificate.</summary>
    public string Fingerprint { get; }

    public string[] Settings =>
    [
        "--lines-tls", "127.0.0.1:0", "--addressed-tls", "127.0.0.1:0", "--ircs", "127.0.0.1:0", "--https", "127.0.0.1:0",
        "--tls-certificate", FileOf("cert.pem"), "--tls-key", FileOf("key.pem"),
    ];

    public void Dispose() => _folder.Dispose();

    private string FileOf(string name) => Path.Combine(_folder.Path, name);
}
