using System.Net;
using Microsoft.AspNetCore.Connections;
using Parley.Core.Accounts;
using Parley.Core.Delivery;
using Parley.Server.Connections;
using Parley.Server.Files;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Irc.Sessions;

/// <summary>Peer at the other end of a connection, as far as the connection identifies it.</summary>
internal sealed class IrcPeer(ConnectionContext connection, ConnectionGate gate, string listener, LineFraming? framing = null)
{
    private WebIrcOptions? _gateway;

    /// <summary>Name of the setting of the listener that the connection came by, or <c>websocket</c>.</summary>
    public string Listener => listener;

    /// <summary>The frames that its lines travel in; null if they are sent bare.</summary>
    public LineFraming? Framing => framing;

    /// <summary>Where the client is; null if it comes over no network.</summary>
    public IPAddress? Address => (connection.RemoteEndPoint as IPEndPoint)?.Address;

    /// <summary>True if nobody on the way can read along.</summary>
    public bool IsSecure => Tls is not null && _gateway is null or { IsSecure: true };

    /// <summary>True if what may be read by nobody else may be sent over it: it is secure, or there is no way on which to read along.</summary>
    public bool IsPrivate => IsSecure || (_gateway is null && (Address is null || IPAddress.IsLoopback(Address)));

    /// <summary>The certificate that the client has proven to have; null if it has shown none.</summary>
    public CertificateFingerprint? Certificate
        => CertificateFingerprint.TryParse((_gateway is null ? Tls?.ClientCertificateFingerprint : _gateway.CertificateFingerprint) ?? "", out var print)
            ? print : null;

    /// <summary>Address that the client uploads files to, by which it came itself; null if it came by none.</summary>
    public string? FilesUrl => connection.Features.Get<FilesAddress>()?.Url;

    /// <summary>The protocol with its framing, for another process that goes on with the connection.</summary>
    public string Protocol => framing?.ToString() ?? "irc";

    /// <summary>Facts that a gateway has told of the client; null if it came by none.</summary>
    public WebIrcOptions? Gateway => _gateway;

    /// <summary>True if the connection is TLS, here or up to a proxy.</summary>
    public bool IsBehindTls => Tls is not null;

    /// <summary>Goes on with what another process knew of the peer, whose address the connection has.</summary>
    /// <param name="gateway">Facts that a gateway has told of the client; null if it came by none.</param>
    /// <param name="isBehindTls">Whether a proxy has taken TLS off the connection.</param>
    /// <param name="filesUrl">Address that the client uploads files to; null for the usual one.</param>
    public void GoOn(WebIrcOptions? gateway, bool isBehindTls, string? filesUrl)
    {
        _gateway = gateway;
        if (isBehindTls)
        {
            connection.Features.Set<ITlsFeature>(new TlsSession("", "", ClientCertificateFingerprint: null));
        }

        if (filesUrl is not null)
        {
            connection.Features.Set(new FilesAddress(filesUrl));
        }
    }

    private ITlsFeature? Tls => connection.Features.Get<ITlsFeature>();

    /// <summary>A gateway connects for somebody else; or says in words for the client why that one may not come in.</summary>
    public bool TrySpeakFor(IPAddress address, WebIrcOptions options, out string refusal)
    {
        if (!gate.TryMove(Address, address, out refusal))
        {
            return false;
        }

        connection.RemoteEndPoint = new IPEndPoint(address, options.RemotePort);
        _gateway = options;
        return true;
    }
}
