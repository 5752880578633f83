using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;
using Parley.TestKit;

namespace Parley.Core.Tests.History;

/// <summary>What is taken back is gone from history before anybody is told, and only those may who said it, or are in charge.</summary>
public sealed class RedactionTests : IAsyncDisposable
{
    private readonly TestHistory _test = new(options: new RecordingOptions { RedactionWindow = TimeSpan.FromHours(1) });

    private static RoomName Main => RoomName.TryParse("main", out var room) ? room : default;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Whoever_comes_first_into_a_room_that_was_left_has_no_power_over_its_past()
    {
        var time = new ManualTimeProvider();
        await using var test = new TestHistory(time: time);
        var ann = await test.SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "from Ann");
        await ann.SignOutAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        var eve = await test.SignInAsync("Eve", "main");
        await eve.MustPostAsync("main", "from Eve");
        var bob = await test.SignInAsync("Bob", "main");
        await bob.MustPostAsync("main", "from Bob");

        Assert.Equal(Verdict.NotAuthor, await eve.AskAsync(new Redact(Main, test.Store.Entries[0].Number, "")));
        Assert.Equal(Verdict.HistoryIsOlder, await eve.RenameRoomAsync("main", "mine"));
        Assert.Equal(Verdict.Accepted, await eve.AskAsync(new Redact(Main, test.Store.Entries[^1].Number, "")));

        await eve.UpdateAsync(new UserProfile { Rights = ServerRights.Rooms });
        Assert.Equal(Verdict.Accepted, await eve.AskAsync(new Redact(Main, test.Store.Entries[0].Number, "")));
        Assert.Equal(Verdict.Accepted, await eve.RenameRoomAsync("main", "mine"));
    }

    [Fact]
    public async Task Nobody_is_told_before_it_is_gone()
    {
        using var hold = new Hold();
        var (_, bob) = await TalkAsync();
        _test.Store.OnAppend = _ => hold.Pause();

        var redacting = bob.AskAsync(new Redact(Main, 1, "oops")).AsTask();
        hold.WaitUntilReached();
        Assert.Empty(bob.Waiting());
        hold.Release();

        Assert.Equal(Verdict.Accepted, await redacting);
        await bob.MustSeeAsync("main| Bob took #1 away (oops)");
        Assert.Equal((MessageKind.Redacted, "oops"), (_test.Store.Entries[0].Kind, HookedStore.TextOf(_test.Store.Entries[0])));
    }

    [Fact]
    public async Task It_comes_behind_what_the_same_session_has_said_before()
    {
        var (ann, bob) = await TalkAsync();

        await bob.PostAsync("main", "two");
        Assert.Equal(Verdict.Accepted, await bob.AskAsync(new Redact(Main, 1, "")));

        await ann.MustSeeAsync("main| Bob: two", "main| Bob took #1 away");
    }

    [Fact]
    public async Task Only_the_author_and_operators_may()
    {
        var (ann, bob) = await TalkAsync();
        var cyd = await _test.SignInAsync("Cyd", "main");
        var dan = await _test.SignInAsync("Dan");

        Assert.Equal(Verdict.NotAuthor, await cyd.AskAsync(new Redact(Main, 1, "")));
        Assert.Equal(Verdict.NotInRoom, await dan.AskAsync(new Redact(Main, 1, "")));
        Assert.Equal(Verdict.NoSuchMessage, await bob.AskAsync(new Redact(Main, 2, "")));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new Redact(Main, 1, "")));
        Assert.Equal(Verdict.NoSuchMessage, await ann.AskAsync(new Redact(Main, 1, "")));
    }

    [Fact]
    public async Task Whoever_loses_the_rank_while_history_is_asked_takes_nothing_of_others_away()
    {
        using var hold = new Hold();
        var (ann, bob) = await TalkAsync();
        await ann.ChangeModesAsync("main", new RoomModeChange(IsAdding: true, RoomMode.Operator, "Bob"));
        await ann.MustPostAsync("main", "two");
        _test.Store.OnRead = () => Task.Run(hold.Pause);

        var others = ann.AskAsync(new Redact(Main, 1)).AsTask();
        var own = ann.AskAsync(new Redact(Main, _test.Store.Entries[^1].Number)).AsTask();
        hold.WaitUntilReached();
        await bob.ChangeModesAsync("main", new RoomModeChange(IsAdding: false, RoomMode.Operator, "Ann"));
        hold.Release();

        Assert.Equal(Verdict.NotAuthor, await others);
        Assert.Equal(Verdict.Accepted, await own);
        Assert.Equal("one", HookedStore.TextOf(_test.Store.Entries[0]));
    }

    [Fact]
    public async Task Where_it_cannot_be_kept_it_is_not_told()
    {
        await using var test = new TestHistory(options: new RecordingOptions { OnFailure = HistoryFailurePolicy.Refuse });
        var ann = await test.SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "one");
        await ann.MustSeeAsync("main| Ann: one");
        test.Store.OnAppend = _ => throw new HistoryException("full");

        Assert.Equal(Verdict.HistoryFails, await ann.AskAsync(new Redact(Main, 1, "")));
        test.Store.OnRead = () => throw new HistoryException("locked");
        Assert.Equal(Verdict.HistoryFails, await ann.AskAsync(new Redact(Main, 1, "")));

        await ann.MustSeeAsync("main| Server cannot keep history at the moment");
        Assert.Empty(ann.Waiting());
    }

    [Fact]
    public async Task Both_ends_of_a_direct_message_are_told_but_nobody_who_took_a_name_over()
    {
        var (ann, bob) = (await _test.SignInAsync("Ann"), await _test.SignInAsync("Bob"));
        await ann.TellAsync("one", "Bob");
        await ann.TellAsync("two", "Bob");

        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new RedactDirect(bob.Session.User!.Name, 1, "oops")));
        await bob.MustSeeAsync("Ann to you: one", "Ann to you: two", "Ann took #1 to Bob back: oops");
        await ann.MustSeeAsync("you to Bob: one", "you to Bob: two", "Ann took #1 to Bob back: oops");

        await bob.RenameAsync("Rob");
        var another = await _test.SignInAsync("Bob");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new RedactDirect(bob.Session.User!.Name, 2, "oops")));
        Assert.Empty(another.Waiting());
        await bob.MustSeeAsync("-| Bob is now Rob", "Ann took #2 to Rob back: oops");
    }

    [Fact]
    public async Task An_author_takes_a_direct_message_back_after_both_ends_took_other_names()
    {
        var (ann, bob) = (await _test.SignInAsync("Ann"), await _test.SignInAsync("Bob"));
        await ann.TellAsync("one", "Bob");
        await ann.RenameAsync("Anne");
        await bob.RenameAsync("Rob");

        Assert.Equal(Verdict.NotAuthor, await bob.AskAsync(new RedactDirect(ann.Session.User!.Name, 1, "")));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new RedactDirect(bob.Session.User!.Name, 1, "")));
        Assert.Equal(Verdict.NoSuchMessage, await (await _test.SignInAsync("Ann")).AskAsync(new RedactDirect(bob.Session.User!.Name, 1, "")));
    }

    [Fact]
    public async Task A_name_is_told_from_its_last_wearer_also_when_the_clock_stands_still()
    {
        var time = new Parley.TestKit.ManualTimeProvider();
        await using var test = new TestHistory(time: time);
        var bob = await test.SignInAsync("Bob", "main");
        await bob.MustPostAsync("main", "one");
        var before = bob.Session.User!.Reader;
        await bob.RenameAsync("Rob");

        var another = await test.SignInAsync("Bob", "main");
        await another.MustPostAsync("main", "two");

        var (one, two) = (test.Store.Entries[0], test.Store.Entries[1]);
        Assert.True(before.Wrote(one));
        Assert.False(another.Session.User!.Reader.Wrote(one));
        Assert.True(another.Session.User!.Reader.Wrote(two));
    }

    [Fact]
    public async Task A_broker_that_keeps_nothing_has_nothing_to_take_back()
    {
        var broker = new TestBroker().Broker;
        var session = new TestSession(broker);
        await session.MustSignInAsync("Eve");
        await session.MustJoinAsync("main");
        await session.MustPostAsync("main", "one");

        Assert.Equal(Verdict.NoSuchMessage, await session.AskAsync(new Redact(Main, 1)));
        Assert.Equal(Verdict.NoSuchMessage, await session.AskAsync(new RedactDirect(session.Session.User!.Name, 1)));
        Assert.Equal(0, await broker.LastNumberAsync(Main, Token));
    }

    /// <summary>Ann, who is the room's operator, and Bob, who has said <c>one</c>.</summary>
    private async Task<(TestSession Ann, TestSession Bob)> TalkAsync()
    {
        var (ann, bob) = (await _test.SignInAsync("Ann", "main"), await _test.SignInAsync("Bob", "main"));
        await bob.MustPostAsync("main", "one");
        await ann.MustSeeAsync("main| Bob joined", "main| Bob: one");
        await bob.MustSeeAsync("main| Bob: one");
        return (ann, bob);
    }
}
