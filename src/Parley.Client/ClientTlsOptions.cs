using System.Security.Cryptography.X509Certificates;

namespace Parley.Client;

/// <summary>Encryption of a client's connection; by default, the server has to show a certificate for its host that the system trusts.</summary>
public sealed class ClientTlsOptions
{
    /// <summary>The name that the server's certificate has to be for, or null for the host that is connected to.</summary>
    public string? ServerName { get; init; }

    /// <summary>SHA-256 of the one certificate that is accepted, in 64 hexadecimal digits, whoever has vouched for it and until when; null for those that the system trusts.</summary>
    public string? PinnedCertificate { get; init; }

    /// <summary>The certificate, with its private key, that the client shows; null for none.</summary>
    public X509Certificate2? ClientCertificate { get; init; }
}
