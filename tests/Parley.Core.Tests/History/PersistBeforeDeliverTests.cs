using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.History;

/// <summary>Invariant 5: what was delivered is in history.</summary>
public sealed class PersistBeforeDeliverTests : IAsyncDisposable
{
    private readonly TestHistory _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Nobody_is_given_a_message_before_the_store_has_it()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob", "main");
        await ann.MustSeeAsync("main| Bob joined");
        _test.Store.OnAppend = _ => hold.Pause();

        Assert.Equal(Verdict.Accepted, await ann.PostAsync("main", "hi"));
        hold.WaitUntilReached();
        Assert.Empty(ann.Waiting());
        Assert.Empty(bob.Waiting());

        hold.Release();
        await ann.MustSeeAsync("main| Ann: hi");
        await bob.MustSeeAsync("main| Ann: hi");
        Assert.Equal(["hi"], _test.Store.Texts);
    }

    [Fact]
    public async Task A_direct_message_is_kept_before_it_is_delivered_too_and_only_for_those_it_reaches()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann");
        var bob = await _test.SignInAsync("Bob");
        _test.Store.OnAppend = _ => hold.Pause();

        var telling = ann.TellAsync("hi", "Bob", "Nobody");
        hold.WaitUntilReached();
        Assert.Empty(bob.Waiting());

        hold.Release();
        Assert.Equal(["Nobody"], await telling);
        await bob.MustSeeAsync("Ann to you: hi");
        var kept = Assert.Single(_test.Store.Entries);
        Assert.Equal(("Ann", "Bob", ""), (kept.Author.Value, kept.Recipient.Value, kept.Room.Value));
    }

    [Fact]
    public async Task What_was_kept_for_somebody_who_has_left_meanwhile_is_sent_all_the_same()
    {
        using var hold = new Hold();
        var login = new UserProfile { Login = TestSession.Login("Ann") };
        var (ann, phone) = (_test.NewSession(), _test.NewSession());
        await ann.SignInAsync("Ann", login);
        await phone.SignInAsync("Ann", login);
        var bob = await _test.SignInAsync("Bob");
        _test.Store.OnAppend = _ => hold.Pause();

        var telling = ann.TellAsync("hi", "Bob");
        hold.WaitUntilReached();
        await bob.SignOutAsync();
        hold.Release();

        // It is in history, so it is nobody's loss: those who said it are shown it, on whatever session.
        Assert.Empty(await telling);
        await ann.MustSeeAsync("you to Bob: hi");
        await phone.MustSeeAsync("you to Bob: hi");
        Assert.Equal(["hi"], _test.Store.Texts);
    }

    [Fact]
    public async Task A_member_that_is_put_out_behind_a_message_quits_behind_that()
    {
        using var hold = new Hold();
        var op = await _test.SignInAsync("Op", "two");
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", "one", "two");
        bob.Waiting();
        _test.Store.OnAppend = _ => hold.Pause();

        Assert.Equal(Verdict.Accepted, await op.PostAsync("two", "go"));
        hold.WaitUntilReached();
        var kicking = op.KickAsync("two", "Ann").AsTask();
        var quitting = ann.SignOutAsync().AsTask();
        Assert.Empty(bob.Waiting());
        hold.Release();
        Assert.Equal(Verdict.Accepted, await kicking);
        await quitting;

        await bob.MustSeeAsync("two| Op: go", "two| Op kicked Ann", "one| Ann quit");
    }

    [Fact]
    public async Task What_comes_in_while_a_batch_is_kept_is_the_next_batch()
    {
        using var hold = new Hold();
        var batches = new List<string[]>();
        var ann = await _test.SignInAsync("Ann", "main");
        _test.Store.OnAppend = texts =>
        {
            batches.Add(texts);
            if (batches.Count == 1)
            {
                hold.Pause();
            }
        };

        await ann.PostAsync("main", "first");
        hold.WaitUntilReached();
        for (var i = 0; i < 50; i++)
        {
            await ann.PostAsync("main", $"{i}");
        }

        hold.Release();
        await ann.MustSeeAsync("main| Ann: first");
        await ann.NextAsync(50);
        Assert.Equal(2, batches.Count);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), batches[1]);
    }

    [Fact]
    public async Task History_has_the_order_that_everybody_sees()
    {
        const int Each = 300;
        var authors = new[] { await _test.SignInAsync("Ann", "main"), await _test.SignInAsync("Bob", "main"), await _test.SignInAsync("Cyd", "main") };
        var watcher = await _test.SignInAsync("Watcher", "main");

        await Task.WhenAll(authors.Select(author => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                await author.PostAsync("main", $"{i}");
            }
        })));

        var seen = await watcher.NextAsync(authors.Length * Each);
        Assert.Equal(seen, _test.Store.Entries.Select(entry => $"main| {entry.Author}: {HookedStore.TextOf(entry)}"));
        Assert.Equal(Enumerable.Range(1, authors.Length * Each).Select(number => (long)number), _test.Store.Entries.Select(entry => entry.Number));
    }

    [Theory]
    [InlineData("rename")]
    [InlineData("leave")]
    [InlineData("sign out")]
    [InlineData("join")]
    [InlineData("tell")]
    public async Task Whatever_a_session_does_next_waits_for_what_it_has_said(string what)
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob", "main", "other");
        _test.Store.OnAppend = texts =>
        {
            if (texts is ["hi"])
            {
                hold.Pause();
            }
        };
        await ann.PostAsync("main", "hi");
        hold.WaitUntilReached();

        Task next = what switch
        {
            "rename" => ann.RenameAsync("Eve").AsTask(),
            "leave" => ann.LeaveAsync("main").AsTask(),
            "sign out" => ann.SignOutAsync().AsTask(),
            "join" => ann.JoinAsync("other").AsTask(),
            _ => ann.TellAsync("psst", "Bob"),
        };
        Assert.False(next.IsCompleted);

        hold.Release();
        await next;
        await bob.MustSeeAsync("main| Ann: hi", what switch
        {
            "rename" => "main| Ann is now Eve",
            "leave" => "main| Ann left",
            "sign out" => "main| Ann quit",
            "join" => "other| Ann joined",
            _ => "Ann to you: psst",
        });
    }

    [Fact]
    public async Task What_was_accepted_before_the_stop_is_kept_and_delivered_and_nothing_after_it()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        _test.Store.OnAppend = _ => hold.Pause();
        await ann.PostAsync("main", "one");
        hold.WaitUntilReached();
        await ann.PostAsync("main", "two");

        var stopping = _test.Broker.StopAsync().AsTask();
        Assert.Equal(Verdict.Stopping, await ann.PostAsync("main", "late"));
        hold.Release();
        await stopping;

        Assert.Equal(["main| Ann: one", "main| Ann: two"], ann.Waiting());
        Assert.Equal(["one", "two"], _test.Store.Texts);
    }

    [Fact]
    public async Task A_sender_that_is_faster_than_the_store_waits()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        _test.Store.OnAppend = _ => hold.Pause();
        var text = new string('x', 10_000);
        var posts = 1;
        Task<Verdict> posting;
        for (posting = ann.PostAsync("main", text).AsTask(); posting.IsCompleted; posts++)
        {
            Assert.True(posts < 1000, "nobody ever waits");
            posting = ann.PostAsync("main", text).AsTask();
        }

        hold.Release();
        Assert.Equal(Verdict.Accepted, await posting.WaitAsync(Parley.Specification.TestSession.Patience, TestContext.Current.CancellationToken));
        await ann.NextAsync(posts);
    }
}
