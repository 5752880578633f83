using System.Net;
using Microsoft.AspNetCore.Connections;
using Parley.Core.Accounts;
using Parley.Server.Connections;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Irc;

/// <summary>Who is at the other end of a connection, as far as that tells.</summary>
internal sealed class IrcPeer(ConnectionContext connection, ConnectionGate gate, string listener)
{
    private WebIrcOptions? _gateway;

    /// <summary>What it came by: the setting of a listener, or <c>websocket</c>.</summary>
    public string Listener => listener;

    /// <summary>Where the client is; null if it comes over no network.</summary>
    public IPAddress? Address => (connection.RemoteEndPoint as IPEndPoint)?.Address;

    /// <summary>Whether nobody on the way can read along.</summary>
    public bool IsSecure => Tls is not null && _gateway is null or { IsSecure: true };

    /// <summary>The certificate that the client has proven to have; null if it has shown none.</summary>
    public CertificateFingerprint? Certificate
        => CertificateFingerprint.TryParse((_gateway is null ? Tls?.ClientCertificateFingerprint : _gateway.CertificateFingerprint) ?? "", out var print)
            ? print : null;

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
