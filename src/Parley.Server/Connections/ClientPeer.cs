using System.Net;
using Microsoft.AspNetCore.Connections;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Connections;

/// <summary>The other end of a connection, as far as that tells.</summary>
internal sealed class ClientPeer(ConnectionContext connection)
{
    /// <summary>The client's address; null if it comes over no network.</summary>
    public IPAddress? Address => (connection.RemoteEndPoint as IPEndPoint)?.Address;

    /// <summary>True if a password may be sent over it: nobody on the way can read along, or there is no way.</summary>
    public bool IsPrivate => connection.Features.Get<ITlsFeature>() is not null || Address is null || IPAddress.IsLoopback(Address);
}
