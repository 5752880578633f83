using System.Net;
using Microsoft.AspNetCore.Connections;
using Parley.Server.Connections;

namespace Parley.Server.Http;

/// <summary>The place of one HTTP connection among those that may be open; among its features.</summary>
/// <param name="gate">Who counts it.</param>
/// <param name="connection">The connection.</param>
/// <param name="remote">Where it is from; null if no limit per address holds.</param>
internal sealed class HttpPlace(HttpGate gate, ConnectionContext connection, IPAddress? remote)
{
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConnectionContext Connection { get; } = connection;

    /// <summary>The address that it counts for; null if no limit per address holds.</summary>
    public IPAddress? Address { get; } = remote is null ? null : AddressKey.Of(remote);

    /// <summary>The IPv6 /48 that it counts for; null if there is none, or no limit per address holds.</summary>
    public IPAddress? Site { get; } = remote is null ? null : AddressKey.SiteOf(remote);

    /// <summary>Why the connection may not come in, which its one request is answered unless it asks for the server's health; empty if it may.</summary>
    public string Refusal { get; set; } = "";

    /// <summary>True if it may not come in because its address is banned.</summary>
    public bool IsBanned { get; set; }

    /// <summary>Requests that are being answered: under the gate's lock.</summary>
    public int Requests { get; set; }

    /// <summary>Where it stands among the idle, if it does: under the gate's lock.</summary>
    public LinkedListNode<HttpPlace>? IdleNode { get; set; }

    /// <summary>True if it is counted: under the gate's lock.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Completes when the connection has ended.</summary>
    public Task Gone => _gone.Task;

    public void Begin() => gate.Begin(this);

    public void End() => gate.End(this);

    /// <summary>It has become a WebSocket, whose session is counted elsewhere.</summary>
    public void Release() => gate.Leave(this);

    public void HasGone() => _gone.TrySetResult();
}
