using System.Net;

namespace Parley.Server.Transport;

/// <summary>An address at which a line protocol is spoken: Kestrel gives it to <see cref="LineListenerFactory"/>, and other addresses not.</summary>
/// <param name="name">The setting that asks for the listener.</param>
/// <param name="address">Where.</param>
internal sealed class LineEndPoint(string name, IPEndPoint address) : IPEndPoint(address.Address, address.Port)
{
    public string Name { get; } = name;
}
