using System.Net.Sockets;

namespace Parley.Server.Transport;

/// <summary>Sorts accept errors; see the errors of accept(2), which also passes on network errors of the new connection.</summary>
internal static class AcceptErrors
{
    public static AcceptErrorTier TierOf(SocketError error) => error switch
    {
        SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.ProcessLimit => AcceptErrorTier.BackOff,
        SocketError.OperationAborted or SocketError.NotSocket or SocketError.InvalidArgument or SocketError.Shutdown => AcceptErrorTier.Fatal,
        _ => AcceptErrorTier.Continue,
    };
}
