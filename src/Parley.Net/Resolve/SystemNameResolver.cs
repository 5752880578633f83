using System.Net;

namespace Parley.Net.Resolve;

/// <summary>Asks the system, which asks its files and name servers.</summary>
/// <remarks>
/// The system's call blocks, so each name that is asked for takes a thread of the pool: many at a time need a pool that has
/// them (<see cref="ThreadPool.SetMinThreads"/>), or they wait for it to grow.
/// </remarks>
public sealed class SystemNameResolver : INameResolver
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(name, cancellationToken).ConfigureAwait(false);
}
