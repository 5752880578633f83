using System.Net;

namespace Parley.Client;

/// <summary>Options of a client that reconnects by itself; the defaults are gentle to a server that is in trouble.</summary>
public sealed class ParleyClientOptions
{
    /// <summary>The name to take, or null for the one that the server gives.</summary>
    public string? Name { get; init; }

    /// <summary>The password of the account that <see cref="Name"/> belongs to, by which the client logs in each time that it connects; null to stay a guest.</summary>
    public string? Password { get; init; }

    /// <summary>The room to join, or null for the one that the server chooses.</summary>
    public string? Room { get; init; }

    /// <summary>True to be in several rooms at a time, where the server can do that: it is asked for tags, and lines go to a room by <c>/in</c>.</summary>
    public bool ManyRooms { get; init; }

    /// <summary>
    /// Other servers with the same users and rooms: nodes of a cluster. Where one does not answer, or has ended the connection, the client
    /// goes to the next of them, and from the last to the first again.
    /// </summary>
    public IReadOnlyList<DnsEndPoint> Others { get; init; } = [];

    /// <summary>The wait before the first attempt to come back; it doubles with each failure. Up to half of it is left out at random.</summary>
    public TimeSpan MinRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between attempts.</summary>
    // A server lets 32 new connections in from an address in ten minutes, unless told otherwise: at this pace, even one that
    // turns each away at the door is not asked more often.
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time a server may take from accepting the connection to <c>You joined {room}</c>.</summary>
    public TimeSpan GreetingTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Number of events that may wait to be read; when there are more, the client stops reading from the server.</summary>
    public int MaxPendingEvents { get; init; } = 1024;

    /// <summary>Options of each single connection, its clock included.</summary>
    public ClientOptions Connection { get; init; } = new();

    /// <summary>Where the random part of the delays comes from.</summary>
    public Random Random { get; init; } = Random.Shared;
}
