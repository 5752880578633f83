using Parley.Core.Delivery;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Delivery;

/// <summary>Bytes that an outbox owes its reader are taken out, to the last.</summary>
public sealed class OutboxHandoverTests
{
    [Fact]
    public async Task Bytes_that_the_reader_has_not_taken_are_owed_and_no_others()
    {
        var flushes = new HandFlushes();
        var test = new TestBroker(flushes);
        var author = await test.SignInAsync("Author", "main");
        var slow = await test.SignInAsync("Slow", "main");
        slow.Read(0);
        for (var i = 0; i < 50; i++)
        {
            await author.MustPostAsync("main", $"message {i}");
            if (i == 20)
            {
                flushes.Run();
                slow.Reply("an answer in between");
            }
        }

        flushes.Run();
        slow.Read(100);
        slow.Session.Outbox.StopPacing();
        await slow.Session.Outbox.WhenSettledAsync(TestContext.Current.CancellationToken);
        var rest = slow.Session.Outbox.TakeRest();

        // Another outbox begins with it.
        var again = new TestSession(test.Broker, opened: false);
        again.Session.Outbox.Owe(rest);
        slow.Read();
        again.Session.Outbox.Open(slow.Sink);
        var all = slow.Waiting().ToList();
        Assert.Equal(51, all.Count);
        Assert.Equal(1, all.IndexOf("an answer in between") - all.IndexOf("main| Author: message 20"));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"main| Author: message {i}"), all.Where(line => line != "an answer in between"));
        Assert.Empty(slow.Session.Outbox.TakeRest());
    }

    [Fact]
    public async Task Who_waits_for_the_reader_waits_no_more()
    {
        var test = new TestBroker();
        var slow = await test.SignInAsync("Slow", "main");
        slow.Read(0);
        for (var i = 0; i < 20_000; i++)
        {
            slow.Reply("an answer that fills an outbox of a megabyte, again and again");
        }

        Assert.True(slow.Session.Outbox.IsOverHighWater);
        var (drained, taken) = (slow.Session.Outbox.WhenDrainedAsync(), slow.Session.Outbox.WhenTakenAsync());
        Assert.False(drained.IsCompleted || taken.IsCompleted);

        slow.Session.Outbox.StopPacing();

        await Task.WhenAll(drained, taken).WaitAsync(TestSession.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(slow.Session.Outbox.IsOverHighWater);
        Assert.True(slow.Session.Outbox.WhenDrainedAsync().IsCompleted);
        Assert.False(slow.Session.Outbox.Ended.IsCancellationRequested);
    }
}
