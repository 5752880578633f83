using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Parley.Server.Connections;
using Parley.Server.Options;
using Parley.Server.Transport.Proxy;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Transport;

/// <summary>
/// What lies between a socket and a line protocol: the header of a proxy comes first, so that everything behind it has to
/// do with the right address; then, inside the gate, TLS.
/// </summary>
internal sealed class ConnectionLayers(ShutdownSequence shutdown, ParleyOptions options, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<ConnectionLayers>();

    /// <summary>The server's certificate; null before there is need of one.</summary>
    public CertificateFiles? Certificate { get; private set; }

    /// <summary>A protocol as it is reached over a listener.</summary>
    public ConnectionHandler Over(ConnectionHandler protocol)
        => options.ProxyFrom.IsEmpty ? protocol : new ProxyHeaderHandler(protocol, shutdown, options, time, _logger);

    /// <summary>A protocol as it is reached over a listener for TLS.</summary>
    /// <param name="protocol">What is spoken inside.</param>
    /// <param name="name">Its registered name (RFC 7301), for clients that say what they have come for.</param>
    /// <exception cref="CertificateException">There is no certificate to do it with.</exception>
    public ConnectionHandler OverTls(ConnectionHandler protocol, SslApplicationProtocol name)
    {
        Certificate ??= new CertificateFiles(options.TlsCertificate, options.TlsKey, time, loggers.CreateLogger<CertificateFiles>());
        return Over(new TlsHandler(protocol, new TlsHandshake(() => Certificate.Current, name, options.LoginTimeout, time, _logger)));
    }

    public void Dispose() => Certificate?.Dispose();
}
