using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.Server.Http;
using Parley.Server.Options;
using Parley.Server.Transport;
using Parley.Server.Transport.Tls;
using HttpListener = Parley.Server.Transport.HttpListener;

namespace Parley.Server.Hosting;

/// <summary>Has Kestrel listen for HTTP, in plain text and over TLS.</summary>
internal sealed class HttpListeners(
    IEnumerable<HttpListener> listeners, HttpGate gate, ConnectionLayers layers, ParleyOptions options, TimeProvider time, ILogger<HttpListeners> logger)
    : IConfigureOptions<KestrelServerOptions>
{
    /// <summary>Those that the other listeners have: forward secrecy and authenticated encryption. Windows and macOS choose by themselves.</summary>
    private static readonly CipherSuitesPolicy? Suites = OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD()
        ? new CipherSuitesPolicy(
        [
            TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        ])
        : null;

    private readonly HttpListener[] _listeners = [.. listeners];

    /// <summary>The listeners, with their real ports once the server has started.</summary>
    public IEnumerable<Listener> Listeners => _listeners.Select(listener => listener.Listener);

    /// <summary>Opens the certificate, if there is need of one. Comes before Kestrel starts, which is composed too early for it to fail.</summary>
    /// <exception cref="ListenException">There is none that will do.</exception>
    public void Prepare()
    {
        if (Array.Find(_listeners, listener => listener.IsTls) is { } encrypted)
        {
            try
            {
                layers.OpenCertificate();
            }
            catch (CertificateException e)
            {
                throw new ListenException($"There can be no TLS at {encrypted.Address}: {e.Message}", e);
            }
        }
    }

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // Connections are counted by the gate.
        kestrel.Limits.MaxConcurrentConnections = null;
        kestrel.Limits.RequestHeadersTimeout = options.LoginTimeout;
        foreach (var listener in _listeners)
        {
            listener.Listen(kestrel, listen =>
            {
                listen.Use(next => connection => gate.RunAsync(connection, PacedListener.LetIn(next)));
                listen.Use(new HttpPort(listener.IsTls, options.LoginTimeout, time, logger).LetThrough);
                if (listener.IsTls)
                {
                    listen.UseHttps(Terms());
                }
            });
            if (!listener.IsTls && !IPAddress.IsLoopback(listener.Address.Address) && options.HttpProxyFrom.IsEmpty)
            {
                Log.PlainTextForOthers(logger, listener.Name, listener.Address, "https");
            }
        }
    }

    /// <summary>Returns an exception that explains which listener kept the server from starting, and why.</summary>
    public ListenException Explain(Exception cause)
    {
        // Kestrel names the address in its message only.
        var listener = Array.Find(_listeners, one => cause.Message.Contains(one.Address.ToString(), StringComparison.Ordinal)) ?? _listeners[0];
        return ListenException.Because(options, listener.Name, listener.Address, cause is IOException { InnerException: AddressInUseException }, cause);
    }

    private TlsHandshakeCallbackOptions Terms() => new()
    {
        HandshakeTimeout = options.LoginTimeout,
        OnConnection = _ => new(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = layers.OpenCertificate().Current,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            CipherSuitesPolicy = Suites,
        }),
    };
}
