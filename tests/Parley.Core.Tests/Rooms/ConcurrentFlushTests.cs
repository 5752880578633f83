using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Rooms;

public sealed class ConcurrentFlushTests
{
    /// <summary>
    /// A rename in several rooms and a stop give members what they lack beside the room's own flush. Whoever of them ends
    /// first lets go of blocks; the other may have set out from the first of these.
    /// </summary>
    [Fact]
    public async Task Two_who_walk_a_log_at_once_do_not_pull_its_blocks_from_under_each_other()
    {
        const int Posts = 120;
        using var hold = new Hold();
        var flushes = new HandFlushes();
        var test = new TestBroker(flushes);
        var flavor = new PlainFlavor();
        var author = await TestBroker.SignInAsync("Ann", test.NewSession(flavor), "main");
        var first = await TestBroker.SignInAsync("First", test.NewSession(flavor), "main");
        var second = await TestBroker.SignInAsync("Second", test.NewSession(flavor), "main");
        var third = await TestBroker.SignInAsync("Third", test.NewSession(flavor), "main");
        flushes.Run();
        TestSession[] members = [first, second, third];
        Assert.All(members, member => member.Waiting());
        second.Session.Outbox.Open(new HoldingSink(hold, second.Sink));
        var room = TestBroker.RoomOf(author, "main");

        // More than one block.
        for (var i = 0; i < Posts; i++)
        {
            await author.MustPostAsync("main", new string('x', 100) + i);
        }

        var flushing = BackgroundWork.Run(room.Flush);
        hold.WaitUntilReached();
        await author.MustPostAsync("main", "last");
        Background<bool> settling;
        lock (first.Session.Outbox.Gate)
        {
            settling = BackgroundWork.Run(room.AdvanceAll).WaitUntilBlocked();
            hold.Release();
            flushing.Result();
        }

        settling.Result();
        flushes.Run();
        string[] expected = [.. Enumerable.Range(0, Posts).Select(i => $"main| Ann: {new string('x', 100)}{i}"), "main| Ann: last"];
        Assert.All(members, member => Assert.Equal(expected, member.Waiting()));
    }
}
