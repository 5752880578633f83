using System.Text;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Broker;

public sealed class PostingBackpressureTests
{
    private static readonly string Text = new('x', 1000);

    private readonly HandFlushes _flushes = new();
    private readonly TestBroker _test;

    public PostingBackpressureTests() => _test = new TestBroker(_flushes);

    [Fact]
    public async Task Who_posts_into_a_room_that_is_behind_waits_until_it_has_caught_up()
    {
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob", "main");
        _flushes.Run();
        var posted = 0;
        Task<Verdict> posting;
        do
        {
            posting = ann.PostAsync("main", Text).AsTask();
            posted++;
        }
        while (posting.IsCompleted);

        // 256 KiB that nobody was given yet.
        Assert.InRange(posted, 200, 300);
        var other = bob.PostAsync("main", Text).AsTask();
        Assert.False(other.IsCompleted);

        _flushes.Run();

        Assert.Equal(Verdict.Accepted, await posting);
        Assert.Equal(Verdict.Accepted, await other);
        Assert.Equal(posted + 1, bob.Waiting().Length);
        Assert.True(ann.PostAsync("main", "and on").AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Who_gives_up_waiting_has_posted_all_the_same()
    {
        using var patience = new CancellationTokenSource();
        var ann = await _test.SignInAsync("Ann", "main");
        Assert.True(RoomName.TryParse("main", out var main));
        Task<Verdict> posting;
        var posted = 0;
        do
        {
            posting = ann.AskAsync(new Post(main, new MessageDraft(MessageKind.Text, Encoding.UTF8.GetBytes(Text))), patience.Token).AsTask();
            posted++;
        }
        while (posting.IsCompleted);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting);
        _flushes.Run();
        Assert.Equal(posted, ann.Waiting().Length);
    }

    [Fact]
    public async Task One_room_that_is_behind_holds_up_nobody_in_another()
    {
        var ann = await _test.SignInAsync("Ann", "main", "other");
        while (ann.PostAsync("main", Text).AsTask().IsCompletedSuccessfully)
        {
        }

        Assert.True(ann.PostAsync("other", "hi").AsTask().IsCompletedSuccessfully);
    }
}
