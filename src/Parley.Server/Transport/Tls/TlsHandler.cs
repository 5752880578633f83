using Microsoft.AspNetCore.Connections;

namespace Parley.Server.Transport.Tls;

/// <summary>Any protocol over TLS: hands on the inside of each connection. The handshake comes when it was let in.</summary>
internal sealed class TlsHandler(ConnectionHandler inside, TlsHandshake handshake) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        await using var encrypted = new TlsConnection(connection, handshake);
        await inside.OnConnectedAsync(encrypted);
    }
}
