using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Parley.Server.Connections;
using Parley.Server.Options;
using Parley.Server.Transport.Proxy;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Transport;

/// <summary>
/// Layers between a socket and a line protocol: the header of a proxy comes first, so that everything behind it has to
/// do with the right address; then, inside the gate, TLS.
/// </summary>
internal sealed class ConnectionLayers(ShutdownSequence shutdown, ParleyOptions options, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<ConnectionLayers>();

    /// <summary>The server's certificate; null before there is need of one.</summary>
    public CertificateFiles? Certificate { get; private set; }

    /// <summary>A protocol as it is reached over a listener.</summary>
    public ConnectionHandler Over(ConnectionHandler protocol)
        => options.ProxyFrom.IsEmpty ? protocol : new ProxyHeaderHandler(protocol, options, time, _logger, shutdown.Stopping);

    /// <summary>A protocol as it is reached over a listener for TLS.</summary>
    /// <param name="protocol">What is spoken inside.</param>
    /// <param name="name">Its registered name (RFC 7301), for clients that say what they have come for.</param>
    /// <exception cref="CertificateException">There is no certificate to do it with.</exception>
    public ConnectionHandler OverTls(ConnectionHandler protocol, SslApplicationProtocol name)
    {
        var certificate = OpenCertificate();
        return Over(new TlsHandler(protocol, new TlsHandshake(() => certificate.Current, name, options.LoginTimeout, time, _logger)));
    }

    /// <summary>The server's certificate, one for all listeners, so that all of them get a new one at once.</summary>
    /// <exception cref="CertificateException">There is none that will do.</exception>
    public CertificateFiles OpenCertificate()
        => Certificate ??= new CertificateFiles(options.TlsCertificate, options.TlsKey, time, loggers.CreateLogger<CertificateFiles>());

    public void Dispose() => Certificate?.Dispose();
}
