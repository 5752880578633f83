using Parley.Core.Delivery;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Delivery;

public sealed class SubscriptionTests
{
    [Fact]
    public async Task A_cursor_never_goes_back_and_the_count_of_what_was_missed_stays_right()
    {
        var flushes = new HandFlushes();
        var test = new TestBroker(flushes);
        var slow = await TestBroker.SignInAsync("Slow", test.NewSession(outbox: new OutboxOptions { MaxBytes = 200 }), "main");
        flushes.Run();
        slow.Sink.Room = 0;
        var place = Assert.Single(slow.Session.Subscriptions);
        var log = place.Log!;

        // A head that was taken early and used late.
        await slow.MustPostAsync("main", "1");
        var early = log.Head;
        await slow.MustPostAsync("main", "2");
        place.AdvanceTo(log, log.Head);
        place.AdvanceTo(log, early);
        await slow.MustPostAsync("main", new string('x', 300));
        place.AdvanceTo(log, log.Head);
        slow.Read();

        Assert.Equal(["missed 3"], slow.Waiting());
    }
}
