using Parley.Core.Delivery;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Delivery;

public sealed class DeadReaderTests
{
    [Fact]
    public async Task Readers_that_never_read_hold_up_nobody_and_pin_no_more_than_their_limit()
    {
        const int Posts = 3000;
        const int MaxBytes = 16 * 1024;
        var test = new TestBroker();
        var ann = await test.SignInAsync("Ann", "main");
        var dead = new List<Specification.TestSession>();
        for (var i = 0; i < 10; i++)
        {
            var session = test.NewSession(outbox: new OutboxOptions { MaxBytes = MaxBytes });
            session.Sink.Room = 0;
            await session.MustSignInAsync($"Dead{i}");
            await session.JoinAsync("main");
            dead.Add(session);
        }

        var quick = await test.SignInAsync("Quick", "main");
        for (var i = 0; i < Posts; i++)
        {
            await ann.MustPostAsync("main", new string('x', 500));
            Assert.All(dead, session => Assert.InRange(session.Session.Outbox.WaitingBytes, 0, MaxBytes));
        }

        Assert.Equal(Posts, (await quick.NextAsync(Posts)).Count(line => line.StartsWith("main| Ann: x", StringComparison.Ordinal)));
        Assert.All(dead, session => Assert.Empty(session.Waiting()));
    }

    [Fact]
    public async Task A_connection_that_is_gone_keeps_nothing()
    {
        var flushes = new HandFlushes();
        var test = new TestBroker(flushes);
        var ann = await test.SignInAsync("Ann", "main");
        var gone = await test.SignInAsync("Gone", "main");
        gone.Sink.IsGone = true;

        await ann.MustPostAsync("main", "1");
        flushes.Run();
        await ann.MustPostAsync("main", "2");
        flushes.Run();

        Assert.Equal(0, gone.Session.Outbox.WaitingBytes);
        await gone.Session.Outbox.WhenSentAsync();
        Assert.Equal(["Gone"], await ann.TellAsync("hi", "Gone"));
        Assert.Equal(["main| Gone joined", "main| Ann: 1", "main| Ann: 2"], ann.Waiting());
    }
}
