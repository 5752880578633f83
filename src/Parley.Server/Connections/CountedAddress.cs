using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Parley.Server.Connections;

/// <summary>The address for which a connection counts at the gate, which may become another on the way: a gateway says for whom it connects.</summary>
/// <param name="gate">The gate.</param>
/// <param name="connection">The connection.</param>
/// <param name="isExempt">Whether no limit of an address holds for it as long as its address stays.</param>
/// <param name="trustsLoopback">Whether a loopback address is this machine itself.</param>
internal sealed class CountedAddress(ConnectionGate gate, ConnectionContext connection, bool isExempt, bool trustsLoopback)
{
    private readonly EndPoint? _first = isExempt ? connection.RemoteEndPoint : null;

    private IPAddress? Current => isExempt && ReferenceEquals(connection.RemoteEndPoint, _first) ? null : (connection.RemoteEndPoint as IPEndPoint)?.Address;

    /// <summary>True if its lines come as fast as they like.</summary>
    public bool HasNoCommandRate => gate.HasNoCommandRate(Current, trustsLoopback);

    /// <summary>The rate of bytes that all connections from there share; null if there is none.</summary>
    public SharedRate? FindByteRate() => gate.BytesFrom(Current, trustsLoopback);

    /// <inheritdoc cref="ConnectionGate.Keep"/>
    public void Keep() => gate.Keep(Current, trustsLoopback);

    /// <inheritdoc cref="ConnectionGate.TryEnter"/>
    public bool TryEnter(out string refusal) => gate.TryEnter(Current, out refusal, trustsLoopback);

    /// <inheritdoc cref="ConnectionGate.Leave"/>
    public void Leave() => gate.Leave(Current, trustsLoopback);
}
