using System.Net;
using System.Net.Sockets;

namespace Parley.Cli.Terminal;

/// <summary>Why a tool cannot listen, in words that say what to do next.</summary>
internal static class ListenFailure
{
    public static string Describe(SocketException failure, IPEndPoint endPoint) => failure.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => $"Cannot listen on {endPoint}: something else does. Stop it, or give another port (0 takes a free one)",
        SocketError.AccessDenied => $"Cannot listen on {endPoint}: not permitted. Give a port from 1024 on",
        SocketError.AddressNotAvailable => $"Cannot listen on {endPoint}: this machine does not have that address",
        _ => $"Cannot listen on {endPoint}: {failure.Message}",
    };
}
