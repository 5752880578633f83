using System.IO.Pipelines;
using Parley.Core.Mirror;

namespace Parley.Core.Tests.Mirror;

/// <summary>A node that stops waits for what its home still decides, and for no longer than it has one.</summary>
public sealed class MirrorStopTests
{
    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_home_that_goes_while_a_node_stops_ends_the_wait(bool isAbandoned)
    {
        MirrorBroker mirror = new(PipeScheduler.Inline, keepsHistory: false, node: 1, TimeProvider.System);
        mirror.Greet(_ => { });

        Task stop = mirror.StopAsync().AsTask();
        Assert.False(stop.IsCompleted);
        if (isAbandoned)
        {
            mirror.Abandon();
        }
        else
        {
            mirror.Leave();
        }

        await stop;
    }
}
