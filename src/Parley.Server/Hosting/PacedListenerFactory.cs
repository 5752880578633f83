using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.Server.Transport;

namespace Parley.Server.Hosting;

/// <summary>The listeners of HTTP, paced: over socket loops where there are any, else Kestrel's own.</summary>
internal sealed class PacedListenerFactory(LineListenerFactory loops, IOptions<SocketTransportOptions> options, ILoggerFactory loggers) : IConnectionListenerFactory
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            return new PacedListener(loops.TryBindForHttp(endpoint) ?? await _sockets.BindAsync(endpoint, cancellationToken));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // As Kestrel's own transport has it, and its host expects it.
            throw new AddressInUseException(e.Message, e);
        }
    }
}
