using Parley.Core.Delivery;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.History;

/// <summary>A batch brings all at once what was said while the one before it was kept: so that is bounded.</summary>
public sealed class RecordingBackpressureTests : IAsyncDisposable
{
    private static readonly string Text = new('x', 900);

    private readonly TestHistory _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Who_says_much_in_one_room_waits_and_who_speaks_in_another_does_not()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob", "main", "other");
        await ann.MustSeeAsync("main| Bob joined");
        _test.Store.OnAppend = _ => hold.Pause();

        var (posting, posts) = PostUntilToldToWait(ann);

        // 256 KiB.
        Assert.InRange(posts, 200, 300);
        Assert.False(bob.PostAsync("main", Text).AsTask().IsCompleted, "somebody goes on in a room that is behind");
        Assert.True(bob.PostAsync("other", Text).AsTask().IsCompletedSuccessfully, "somebody waits for another room");

        hold.Release();
        await EndAsync(posting);
        await ann.NextAsync(posts + 1);
        Assert.True(ann.PostAsync("main", "and on").AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_a_sender_may_get_ahead_by_fits_into_an_outbox_as_full_as_its_own_may_be()
    {
        using var hold = new Hold();
        var traffic = new Traffic();
        var ann = await EnterAsync("Ann", traffic);
        var bob = await EnterAsync("Bob", traffic);
        (ann.Sink.Room, bob.Sink.Room) = (0, 0);
        while (ann.Session.Outbox.WaitingBytes < 250_000)
        {
            await ann.MustPostAsync("main", Text);
            ann.Session.Advance();
        }

        Assert.False(ann.Session.Outbox.IsOverHighWater);
        _test.Store.OnAppend = _ => hold.Pause();
        var (posting, _) = PostUntilToldToWait(ann);
        hold.Release();
        await EndAsync(posting);
        await ann.AcknowledgedAsync();
        ann.Session.Advance();
        bob.Session.Advance();

        Assert.True(bob.Session.Outbox.WaitingBytes > 450_000);
        Assert.Equal(0, traffic.Missed);
    }

    [Fact]
    public async Task What_was_refused_is_not_on_its_way_any_more()
    {
        await using var test = new TestHistory(options: new RecordingOptions { OnFailure = HistoryFailurePolicy.Refuse });
        var ann = await test.SignInAsync("Ann", "main");
        test.Store.OnAppend = _ => throw new HistoryException("full");
        for (var i = 0; i < 10; i++)
        {
            await ann.MustPostAsync("main", new string('x', 100_000));
        }

        test.Store.OnAppend = null;
        Assert.True(ann.PostAsync("main", "hi").AsTask().IsCompletedSuccessfully);
    }

    private static (Task<Verdict> Posting, int Posts) PostUntilToldToWait(TestSession author)
    {
        for (var posts = 1; posts < 2000; posts++)
        {
            var posting = author.PostAsync("main", Text).AsTask();
            if (!posting.IsCompleted)
            {
                return (posting, posts);
            }
        }

        throw new InvalidOperationException("Nobody ever waits.");
    }

    private static async Task EndAsync(Task<Verdict> posting)
        => Assert.Equal(Verdict.Accepted, await posting.WaitAsync(TestSession.Patience, TestContext.Current.CancellationToken));

    private async Task<TestSession> EnterAsync(string name, Traffic traffic)
    {
        var session = _test.NewSession(new OutboxOptions { Traffic = traffic });
        await session.MustSignInAsync(name);
        await session.MustJoinAsync("main");
        return session;
    }
}
