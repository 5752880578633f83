using Microsoft.AspNetCore.Connections;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Tests.Support;

/// <summary>Lets a test look at the newest connection on its way to its protocol.</summary>
internal sealed class SeenHandler(ConnectionHandler inside, Action<ConnectionContext>? look = null) : ConnectionHandler
{
    private volatile ConnectionContext? _connection;

    public ConnectionContext? Connection => _connection;

    /// <summary>How the newest connection is encrypted, as soon as its handshake is done on this side, too.</summary>
    public async Task<ITlsFeature> TlsAsync()
    {
        await Until.TrueAsync(() => Connection?.Features.Get<ITlsFeature>() is not null, () => "The handshake is not done");
        return Connection!.Features.Get<ITlsFeature>()!;
    }

    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        _connection = connection;
        look?.Invoke(connection);
        return inside.OnConnectedAsync(connection);
    }
}
