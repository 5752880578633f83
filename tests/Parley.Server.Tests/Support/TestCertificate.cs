using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Tests.Support;

/// <summary>Certificates of a test's own, and two files for that of the server.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-tests-");

    /// <summary>Puts the first one into the files.</summary>
    public TestCertificate(string subject = "CN=first.test")
    {
        CertificateFile = Path.Combine(_folder.FullName, "fullchain.pem");
        KeyFile = Path.Combine(_folder.FullName, "privkey.pem");
        Replace(subject);
    }

    public string Folder => _folder.FullName;

    public string CertificateFile { get; }

    public string KeyFile { get; }

    /// <summary>Whoever has a certificate of their own to show.</summary>
    public static X509Certificate2 CreateClient(string subject = "CN=client") => Create(subject);

    /// <summary>A certificate and its key as text, as files hold them.</summary>
    public static (string Certificate, string Key) CreatePem(string subject)
    {
        using var certificate = Create(subject);
        return (certificate.ExportCertificatePem(), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Puts another one into the files.</summary>
    public void Replace(string subject)
    {
        var (certificate, key) = CreatePem(subject);
        File.WriteAllText(CertificateFile, certificate);
        File.WriteAllText(KeyFile, key);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static X509Certificate2 Create(string subject)
    {
        // The key is disposed of with the certificate.
        var request = new CertificateRequest(subject, ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
