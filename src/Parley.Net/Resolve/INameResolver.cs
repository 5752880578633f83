using System.Net;

namespace Parley.Net.Resolve;

/// <summary>Resolves names to addresses; must cope with many requests at a time.</summary>
public interface INameResolver
{
    /// <summary>All addresses of a name, IPv4 and IPv6; throws a <see cref="System.Net.Sockets.SocketException"/> if there are none to be had.</summary>
    ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken);
}
