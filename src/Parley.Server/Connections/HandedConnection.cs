using System.Net;
using Microsoft.AspNetCore.Connections;
using Parley.Core.Accounts;

namespace Parley.Server.Connections;

/// <summary>A connection that another process goes on with, beside its descriptor.</summary>
internal sealed record HandedConnection
{
    /// <summary>The session as its protocol knows it; without an id, a connection on which nothing was said yet either way.</summary>
    public required HandedSession Session { get; init; }

    /// <summary>Id of the session in the broker; 0 for none.</summary>
    public long Id { get; init; }

    /// <summary>Number of the device by whose token it has logged in; 0 for none.</summary>
    public long Device { get; init; }

    /// <summary>Proof by which it has logged in; null for none that may end, and from a program that says no more than the device.</summary>
    public LoginProof? Proof { get; init; }

    /// <summary>The client's address; null if it comes over no network.</summary>
    public string? Remote { get; init; }

    /// <summary>The address by which it came; null if that is not known.</summary>
    public string? Local { get; init; }

    /// <summary>True if a loopback address may be anybody's.</summary>
    public bool IsSharedLoopback { get; init; }

    /// <summary>The state of the framer.</summary>
    public byte[] Framing { get; init; } = [];

    /// <summary>Bytes that were received and not handled.</summary>
    public byte[] Unread { get; init; } = [];

    /// <summary>Bytes that are still to be sent, ahead of all others.</summary>
    public byte[] Owed { get; init; } = [];

    /// <summary>Tokens that are left of its command rate; null if none holds.</summary>
    public double? Tokens { get; init; }

    /// <summary>The facts about a connection that can be seen from outside.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="session">What its protocol knows.</param>
    /// <param name="id">Id of its session in the broker; 0 for none.</param>
    public static HandedConnection Of(ConnectionContext connection, HandedSession session, long id) => new()
    {
        Session = session,
        Id = id,
        Remote = (connection.RemoteEndPoint as IPEndPoint)?.ToString(),
        Local = (connection.LocalEndPoint as IPEndPoint)?.ToString(),
        IsSharedLoopback = connection.Features.Get<SharedLoopback>() is not null,
    };

    /// <summary>The end point of a text; null for none.</summary>
    public static EndPoint? EndPointOf(string? text) => text is not null && IPEndPoint.TryParse(text, out var place) ? place : null;
}
