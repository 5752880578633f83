using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Broker;

public sealed class DirectOrderTests
{
    [Fact]
    public async Task A_direct_message_overtakes_nothing_that_its_author_has_said_in_a_room()
    {
        var flushes = new HandFlushes();
        var test = new TestBroker(flushes);
        var ann = await test.SignInAsync("Ann", "main");
        var bob = await test.SignInAsync("Bob", "main");
        flushes.Run();
        ann.Waiting();

        await ann.MustPostAsync("main", "1");
        await ann.TellAsync("2", "Bob");

        await bob.MustSeeAsync("main| Ann: 1", "Ann to you: 2");
        await ann.MustSeeAsync("main| Ann: 1", "you to Bob: 2");
    }
}
