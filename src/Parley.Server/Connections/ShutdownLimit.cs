using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Parley.Server.Options;

namespace Parley.Server.Connections;

/// <summary>The time that the host of a server by itself gives all its services to stop, which follows <see cref="ParleyOptions.DrainTimeout"/>.</summary>
internal sealed class ShutdownLimit(IOptions<HostOptions> host, ParleyOptions options)
{
    /// <summary>Time for what comes beside the connections.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Takes over the setting as it is now. A stop that has begun has its limit already.</summary>
    public void Apply() => host.Value.ShutdownTimeout = Of(options);

    public static TimeSpan Of(ParleyOptions options) => options.DrainTimeout + Rest;
}
