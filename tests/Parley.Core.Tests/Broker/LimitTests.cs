using Parley.Core.Broker;
using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Broker;

public sealed class LimitTests
{
    [Fact]
    public async Task A_session_follows_as_many_rooms_as_the_options_say()
    {
        var test = new TestBroker(options: new BrokerOptions { MaxRoomsPerSession = 2 });
        var ann = await test.SignInAsync("Ann", "one", "two");
        var annToo = test.NewSession();
        await annToo.AttachAsync("Ann");

        Assert.Equal(Verdict.TooManyRooms, await ann.JoinAsync("three"));
        Assert.Equal(Verdict.AlreadyInRoom, await ann.JoinAsync("two"));
        Assert.Equal(Verdict.Accepted, await annToo.JoinAsync("three"));

        Assert.Equal(["one (1)", "three (1)", "two (1)"], await test.RoomsAsync());
    }
}
