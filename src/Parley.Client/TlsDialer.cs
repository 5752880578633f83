using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Client;

/// <summary>Agrees on TLS with a server.</summary>
internal static class TlsDialer
{
    /// <summary>The encrypted stream over a connection; disposing of it disposes of the connection.</summary>
    /// <exception cref="AuthenticationException">The server's certificate will not do; says why, and its fingerprint.</exception>
    /// <exception cref="IOException">What listens there does not speak TLS, or has hung up.</exception>
    public static async Task<Stream> DialAsync(NetworkStream connection, string host, ClientTlsOptions options, CancellationToken cancellationToken)
    {
        string? refusal = null;
        var stream = new SslStream(connection, leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = options.ServerName ?? host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    ClientCertificateContext = options.ClientCertificate is { } mine ? SslStreamCertificateContext.Create(mine, additionalCertificates: null, offline: true) : null,
                    RemoteCertificateValidationCallback = (_, certificate, _, errors) => (refusal = RefusalOf(certificate, errors, options)) is null,
                },
                cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch (AuthenticationException e) when (refusal is not null)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw new AuthenticationException(refusal, e);
        }
        catch (AuthenticationException e)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"There is no TLS: {e.Message}", e);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static string? RefusalOf(X509Certificate? certificate, SslPolicyErrors errors, ClientTlsOptions options)
    {
        if (certificate is null)
        {
            return "the server shows no certificate";
        }

        string print = Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));
        if (options.PinnedCertificate is { } pinned)
        {
            return print.Equals(pinned, StringComparison.OrdinalIgnoreCase) ? null : $"the server's certificate is another than the pinned one: its SHA-256 is {print}";
        }

        return errors switch
        {
            SslPolicyErrors.None => null,
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => $"the server's certificate is for another name (its SHA-256 is {print})",
            _ => $"nobody whom this system trusts vouches for the server's certificate, or it is out of date (its SHA-256 is {print})",
        };
    }
}
