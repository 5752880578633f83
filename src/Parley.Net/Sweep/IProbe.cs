using System.Net;

namespace Parley.Net.Sweep;

/// <summary>A way to find out whether somebody is at an address. Used for many at a time.</summary>
public interface IProbe
{
    /// <summary>Probes once, for no longer than the probe's timeout; what goes wrong is a reply, too.</summary>
    ValueTask<ProbeReply> ProbeAsync(IPAddress address, CancellationToken cancellationToken);
}
