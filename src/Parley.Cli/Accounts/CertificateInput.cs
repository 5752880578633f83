using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Core.Accounts;

namespace Parley.Cli.Accounts;

/// <summary>Reads which certificate is meant.</summary>
internal static class CertificateInput
{
    /// <summary>The fingerprint of a certificate.</summary>
    /// <param name="text">The fingerprint itself, or a file with the certificate (PEM or DER).</param>
    /// <exception cref="AccountInputException">It is neither.</exception>
    public static CertificateFingerprint Read(string text)
    {
        if (CertificateFingerprint.TryParse(text, out var fingerprint))
        {
            return fingerprint;
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(text);
            return CertificateFingerprint.Of(certificate.RawDataMemory.Span);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new AccountInputException(
                File.Exists(text)
                    ? $"{text} has no certificate that can be read: {e.Message}"
                    : $"{text} is no SHA-256 fingerprint (64 hexadecimal digits), and no file",
                e);
        }
    }
}
