using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Parley.Server.Transport.Tls.OpenSsl;

namespace Parley.Server.Transport.Tls;

/// <summary>Handshake in which the server agrees on TLS with a client: in which versions, with which certificate, and within what time.</summary>
/// <param name="certificate">The server's certificate as it is at the moment.</param>
/// <param name="protocol">What is spoken inside. A client that names its protocol and means another is turned away; one that names none is not.</param>
/// <param name="timeout">How long it may take.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures go, at a level that nobody can flood from outside.</param>
internal sealed class TlsHandshake(
    Func<SslStreamCertificateContext> certificate, SslApplicationProtocol protocol, TimeSpan timeout, TimeProvider time, ILogger logger)
{
    /// <summary>Nobody has to vouch for a client's certificate. Above all it cannot have the server fetch its issuer's from somewhere.</summary>
    private static readonly X509ChainPolicy AnyClientCertificate = new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        VerificationFlags = X509VerificationFlags.AllFlags,
        DisableCertificateDownloads = true,
    };

    /// <summary>The same terms for OpenSSL.</summary>
    public OpenSslContexts Contexts { get; } = new(certificate, protocol, time);

    /// <summary>To be had while a handshake computes: a crowd that comes leaves the other half of the processors to those who are there.</summary>
    public SemaphoreSlim Turns { get; } = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Sees the handshake through. False: it failed, which is logged.</summary>
    public ValueTask<bool> TryAsync(SslStream stream, EndPoint? client, CancellationToken cancellationToken)
        => TryAsync(token => stream.AuthenticateAsServerAsync(Options(), token), client, cancellationToken);

    /// <inheritdoc cref="TryAsync(SslStream, EndPoint?, CancellationToken)"/>
    public async ValueTask<bool> TryAsync(Func<CancellationToken, Task> handshake, EndPoint? client, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await handshake(end.Token);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Log.HandshakeFailed(logger, client, $"it was not done within {timeout.TotalSeconds:0.###} s");
        }
        catch (Exception e) when (e is AuthenticationException or CryptographicException or IOException or OperationCanceledException or InvalidOperationException)
        {
            Log.HandshakeFailed(logger, client, (e.InnerException ?? e).Message);
        }

        return false;
    }

    private SslServerAuthenticationOptions Options() => new()
    {
        ServerCertificateContext = certificate(),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        ApplicationProtocols = [protocol],

        // "Required" asks for one; that there is none is then one more thing that the callback lets pass.
        ClientCertificateRequired = true,
        CertificateChainPolicy = AnyClientCertificate,
#pragma warning disable CA5359 // It is the client's certificate, which stands for itself: accounts know it by its fingerprint.
        RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
    };
}
