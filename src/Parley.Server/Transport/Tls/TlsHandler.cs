using Microsoft.AspNetCore.Connections;
using Parley.Server.Transport.Loop;
using Parley.Server.Transport.Tls.OpenSsl;

namespace Parley.Server.Transport.Tls;

/// <summary>Any protocol over TLS: hands on the inside of each connection. The handshake comes when it was let in.</summary>
/// <param name="inside">The protocol.</param>
/// <param name="handshake">The terms.</param>
/// <param name="withOpenSsl">Whether OpenSSL is used where the system has it.</param>
internal sealed class TlsHandler(ConnectionHandler inside, TlsHandshake handshake, bool withOpenSsl = true) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        await using ConnectionContext encrypted = withOpenSsl && connection is LoopConnection onLoop && OpenSslLibrary.IsAvailable
            ? new OpenSslConnection(onLoop, handshake)
            : new TlsConnection(connection, handshake);
        await inside.OnConnectedAsync(encrypted);
    }
}
