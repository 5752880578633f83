using Parley.Core.Delivery;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Delivery;

/// <summary>Writing nothing is how a flavor leaves an event out.</summary>
public sealed class LeftOutTests
{
    private readonly TestBroker _test = new();

    [Fact]
    public async Task A_flavor_may_leave_out_everything()
    {
        var ann = await _test.SignInAsync("Ann", "main");
        var quiet = _test.NewSession(new SilentFlavor());
        await quiet.MustSignInAsync("Quiet");

        var work = BackgroundWork.Run(async ValueTask<bool> () =>
        {
            await quiet.RenameAsync("Still");
            await quiet.JoinAsync("main");
            quiet.Session.Reply([]);
            quiet.Session.Outbox.Send();
            return true;
        });

        Assert.True(work.Result());
        Assert.Equal(["Still"], await ann.TellAsync("hi", "Still"));
        await ann.MustPostAsync("main", "end");
        await ann.MustSeeAsync("main| Still joined", "main| Ann: end");
        Assert.Empty(quiet.Waiting());
        Assert.Equal(0, quiet.Session.Outbox.WaitingBytes);
    }

    [Fact]
    public void History_that_a_flavor_leaves_out_is_nothing_to_wait_for()
    {
        var session = new Core.Broker.Sessions.Session(new SilentFlavor(), new OutboxOptions());
        var hole = new OutboxHole();
        lock (session.Outbox.Gate)
        {
            session.Outbox.Append(hole);
        }

        var filled = session.Outbox.FillAsync(hole, []);

        Assert.True(filled.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_notice_that_a_flavor_leaves_out_is_no_obstacle()
    {
        var session = new Core.Broker.Sessions.Session(new SilentFlavor(), new OutboxOptions { MaxBytes = 10 });
        var sink = new LineSink();
        session.AppendPrivate("12345678\n"u8.ToArray(), messages: 1);
        session.AppendPrivate("abcdefgh\n"u8.ToArray(), messages: 1);

        BackgroundWork.Run(() => session.Outbox.Open(sink)).Result();

        Assert.True(sink.Lines.TryRead(out var line));
        Assert.Equal("abcdefgh", line);
        Assert.Equal(0, session.Outbox.WaitingBytes);
    }
}
