using Parley.Server.Transport.Loop;

namespace Parley.Server.Transport.Http;

/// <summary>Hands a connection's socket on after HTTP's upgrade; among the features of requests that come over sockets of the loops.</summary>
internal interface ISocketHandover
{
    /// <summary>True if nothing that changes bytes, such as TLS, lies between the socket and HTTP.</summary>
    bool IsPossible { get; }

    /// <summary>Takes the socket away from HTTP, whose own connection ends with the request.</summary>
    /// <param name="upgraded">The bytes behind the request: those that have come already are put back in front of the others.</param>
    ValueTask<LoopConnection> TakeAsync(Stream upgraded);
}
