using Parley.Protocol.Lines;

namespace Parley.Client;

/// <summary>An event that a <see cref="ParleyClient"/> reports; events come in the order in which they happened.</summary>
public abstract record ClientEvent
{
    private ClientEvent()
    {
    }

    /// <summary>The server said something.</summary>
    /// <param name="Line">The line, understood.</param>
    public sealed record LineReceived(ServerLine Line) : ClientEvent;

    /// <summary>The server has greeted, and what restores name and room is sent: lines can be sent from now on.</summary>
    /// <param name="Name">The name that the server gave; a restored one follows as <see cref="ServerLineKind.Renamed"/>.</param>
    /// <param name="Room">The room that the server chose; a restored one follows as <see cref="ServerLineKind.YouJoined"/>.</param>
    /// <param name="IsReturn">Whether there was a connection before.</param>
    public sealed record Connected(string Name, string Room, bool IsReturn) : ClientEvent;

    /// <summary>The connection is lost, or could not be made; nothing can be sent until <see cref="Connected"/>.</summary>
    /// <param name="Reason">What went wrong; null if the server closed the connection in order.</param>
    /// <param name="RetryIn">How long until the next attempt.</param>
    public sealed record Disconnected(Exception? Reason, TimeSpan RetryIn) : ClientEvent;

    /// <summary>An attempt to connect begins.</summary>
    /// <param name="Attempt">1 for the first since a connection last held.</param>
    public sealed record Connecting(int Attempt) : ClientEvent;
}
