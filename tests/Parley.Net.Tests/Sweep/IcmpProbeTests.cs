using System.Net;
using Parley.Net.Sweep;

namespace Parley.Net.Tests.Sweep;

public sealed class IcmpProbeTests
{
    [Fact(Timeout = 60_000)]
    public async Task This_machine_answers()
    {
        IcmpProbe probe;
        try
        {
            probe = await IcmpProbe.CreateAsync(TimeSpan.FromSeconds(10), cancellationToken: TestContext.Current.CancellationToken);
        }
        catch (PlatformNotSupportedException)
        {
            Assert.Skip("ICMP is not permitted here, and there is no ping");
            return;
        }

        ProbeReply reply = await probe.ProbeAsync(IPAddress.Parse("127.0.0.77"), TestContext.Current.CancellationToken);
        Assert.Equal((ProbeReplyKind.Answered, null), (reply.Kind, reply.Detail));
    }
}
