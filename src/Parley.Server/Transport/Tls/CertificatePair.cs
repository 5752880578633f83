using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Transport.Tls;

/// <summary>Contents of two PEM files: a certificate, those that vouch for it, and its private key.</summary>
internal sealed record CertificatePair(string CertificatePem, string KeyPem)
{
    /// <summary>Reads the two files.</summary>
    /// <exception cref="CertificateException">One of them cannot be read.</exception>
    public static CertificatePair Read(string certificateFile, string keyFile) => new(ReadFile(certificateFile), ReadFile(keyFile));

    /// <summary>Makes of it what handshakes need.</summary>
    /// <exception cref="CertificateException">It is no certificate with its key.</exception>
    public SslStreamCertificateContext Open(string certificateFile, string keyFile)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(CertificatePem);
        }
        catch (CryptographicException e)
        {
            throw new CertificateException($"{certificateFile} holds a certificate that cannot be read ({e.Message}): give a PEM file", e);
        }

        if (chain.Count == 0)
        {
            throw new CertificateException($"{certificateFile} holds no certificate: give a PEM file that begins with the server's own");
        }

        if (KeyPem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw new CertificateException($"{keyFile} is protected by a passphrase, which nobody could type: store the key without one, readable by the server only");
        }

        try
        {
            var leaf = X509Certificate2.CreateFromPem(CertificatePem, KeyPem);
            chain.RemoveAt(0);

            // Offline: no server of somebody else's is asked at each start, and none can delay it.
            return SslStreamCertificateContext.Create(ForThisSystem(leaf), chain, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new CertificateException($"{keyFile} does not hold the private key of the first certificate in {certificateFile} ({e.Message})", e);
        }
    }

    /// <summary>Windows uses keys from a store only, and takes one that is imported for in there.</summary>
    private static X509Certificate2 ForThisSystem(X509Certificate2 certificate)
        => OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null) : certificate;

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CertificateException($"{file} cannot be read ({e.Message})", e);
        }
    }
}
