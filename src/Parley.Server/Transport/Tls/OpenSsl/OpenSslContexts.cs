using System.Net.Security;

namespace Parley.Server.Transport.Tls.OpenSsl;

/// <summary>The terms of a listener, put together anew whenever its certificate has changed.</summary>
internal sealed class OpenSslContexts(Func<SslStreamCertificateContext> certificate, SslApplicationProtocol protocol, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly TicketKeys _tickets = new(time);
    private SslStreamCertificateContext? _certificate;
    private OpenSslContext? _context;

    /// <summary>A new session on today's terms.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">OpenSSL does not take the certificate.</exception>
    public OpenSslSession Create(int descriptor)
    {
        lock (_gate)
        {
            if (certificate() is var current && current != _certificate)
            {
                var context = new OpenSslContext(current, protocol, _tickets);
                _context?.Dispose();
                (_context, _certificate) = (context, current);
            }

            return new OpenSslSession(_context!, descriptor);
        }
    }
}
