using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Parley.Cluster.Membership;

namespace Parley.Cluster.Links;

/// <summary>TLS 1.3 between nodes: each end shows its certificate, which the other looks for in the table of nodes, and nowhere else.</summary>
internal static class LinkTls
{
    /// <summary>The side that a link comes in at; the result is the certificate that the other has shown, which is still to be looked for.</summary>
    public static async Task<(SslStream Stream, CertificateDigest Shown)> AcceptAsync(Socket socket, LinkCertificate own, CancellationToken cancellationToken)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = own.Certificate,
                    ClientCertificateRequired = true,
                    EnabledSslProtocols = SslProtocols.Tls13,
                    AllowRenegotiation = false,
                    AllowTlsResume = false,
                    CertificateChainPolicy = NoChain(),
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                },
                cancellationToken);
            return (stream, CertificateDigest.Of(stream.RemoteCertificate!));
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>The side that a link goes out from; the other end MUST show the certificate that is expected.</summary>
    public static async Task<SslStream> ConnectAsync(Socket socket, LinkCertificate own, CertificateDigest expected, CancellationToken cancellationToken)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "parley node",
                    ClientCertificates = [own.Certificate],
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => own.Certificate,
                    EnabledSslProtocols = SslProtocols.Tls13,
                    AllowRenegotiation = false,
                    AllowTlsResume = false,
                    CertificateChainPolicy = NoChain(),
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null && CertificateDigest.Of(certificate) == expected,
                },
                cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nothing is looked up or fetched for a stranger's certificate.</summary>
    private static X509ChainPolicy NoChain() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
    };
}
