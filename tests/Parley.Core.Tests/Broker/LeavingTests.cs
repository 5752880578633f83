using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Broker;

public sealed class LeavingTests
{
    [Fact]
    public async Task What_a_room_said_last_is_sent_to_whoever_leaves_it_though_no_flush_comes_by_any_more()
    {
        var test = new TestBroker(new HandFlushes());
        var ann = await test.SignInAsync("Ann", "main");
        var bob = await test.SignInAsync("Bob", "main");

        await ann.MustPostAsync("main", "wait");
        await bob.LeaveAsync("main");

        await bob.MustSeeAsync("main| Ann: wait");
    }
}
