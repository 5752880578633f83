using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.History;

/// <summary>
/// What is asked of a room while a message is on its way into the store is decided on what was decided before, and shown
/// behind it: so what is kept is what is shown.
/// </summary>
public sealed class LaneTests : IAsyncDisposable
{
    private readonly TestHistory _test = new();

    private static RoomName Main => RoomName.TryParse("main", out var room) ? room : throw new InvalidOperationException();

    private static UserName Bob => UserName.TryParse("Bob", out var name) ? name : throw new InvalidOperationException();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Theory]
    [InlineData("kick", "main| Ann kicked Bob")]
    [InlineData("ban", "main| Ann set +Ban=bob!*@*")]
    [InlineData("mute", "main| Ann set +Moderated")]
    [InlineData("quiet", "main| Ann set +Ban=~q:bob!*@*")]
    [InlineData("quiet by name", "main| Ann set +Ban=~q:Bob!*@*")]
    public async Task A_message_whose_author_is_silenced_while_it_is_kept_was_accepted_before_and_is_shown_before(string how, string shown)
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob", "main");
        await HoldAsync(hold, bob, "main", "but");

        var silencing = how switch
        {
            "kick" => ann.KickAsync("main", "Bob").AsTask(),
            "ban" => ann.MustSetAsync("main", RoomMode.Ban, "bob!*@*"),
            "quiet" => ann.MustSetAsync("main", RoomMode.Ban, "~q:bob!*@*"),
            "quiet by name" => ann.AskAsync(new BanFromRoom(Main, Bob, Until: null, IsMute: true)).AsTask(),
            _ => ann.MustSetAsync("main", RoomMode.Moderated),
        };
        Assert.False(silencing.IsCompleted);
        Assert.NotEqual(Verdict.Accepted, await bob.PostAsync("main", "and another thing"));
        Assert.DoesNotContain(ann.Waiting(), line => line.Contains("Ann", StringComparison.Ordinal));
        hold.Release();
        await silencing;
        await ann.MustPostAsync("main", "so");

        await ann.MustSeeAsync("main| Bob: but", shown, "main| Ann: so");
        await bob.MustSeeAsync("main| Bob: but", shown);
        Assert.Equal(["but", "so"], _test.Store.Texts);
        var late = await _test.SignInAsync("Late");
        await late.JoinAsync("main", replay: 10);
        await late.MustSeeAsync("main| welcome Late", "main| before", "main #1| Bob: but", "main #2| Ann: so", "main| now");
    }

    [Fact]
    public async Task Where_the_store_refuses_a_message_the_kick_behind_it_stands_and_the_author_is_told()
    {
        using var hold = new Hold();
        await using var test = new TestHistory(options: new RecordingOptions { OnFailure = HistoryFailurePolicy.Refuse });
        var ann = await test.SignInAsync("Ann", "main");
        var bob = await test.SignInAsync("Bob", "main");
        await ann.MustSeeAsync("main| Bob joined");
        var fails = true;
        test.Store.OnAppend = _ =>
        {
            hold.Pause();
            if (Volatile.Read(ref fails))
            {
                throw new HistoryException("full");
            }
        };
        await bob.PostAsync("main", "first");
        hold.WaitUntilReached();

        // Behind the batch in hand: these three are refused, or not, together.
        await bob.PostAsync("main", "second");
        var kicking = ann.KickAsync("main", "Bob").AsTask();
        await ann.PostAsync("main", "third");
        hold.Release();
        Assert.Equal(Verdict.Accepted, await kicking);
        await ann.AcknowledgedAsync();
        Volatile.Write(ref fails, false);
        await ann.MustPostAsync("main", "fourth");

        await ann.MustSeeAsync(
            "main| Server cannot keep history at the moment", "main| Ann kicked Bob", "refused: third", "main| Server keeps history again", "main| Ann: fourth");
        await bob.MustSeeAsync("main| Server cannot keep history at the moment", "refused: first", "refused: second", "main| Ann kicked Bob");
        Assert.Equal(["fourth"], test.Store.Texts);
        Assert.Equal(["Ann"], (await test.Broker.LookAsync(SessionId.Server, new FindRoom(test.Store.Entries[0].Room), TestContext.Current.CancellationToken))!.Members.Select(member => member.Actor.Name.Value));
    }

    [Fact]
    public async Task Whoever_is_kicked_and_comes_back_while_a_message_is_kept_is_shown_all_of_it_in_order()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob", "main");
        await HoldAsync(hold, bob, "main", "but");

        var kicking = ann.KickAsync("main", "Bob").AsTask();
        var coming = bob.JoinAsync("main").AsTask();
        var speaking = bob.PostAsync("main", "back");
        Assert.False(coming.IsCompleted);
        hold.Release();

        Assert.Equal((Verdict.Accepted, Verdict.Accepted, Verdict.Accepted), (await kicking, await coming, await speaking));
        await bob.MustSeeAsync("main| Bob: but", "main| Ann kicked Bob", "main| welcome Bob", "main| Bob: back");
        await ann.MustSeeAsync("main| Bob joined", "main| Bob: but", "main| Ann kicked Bob", "main| Bob joined", "main| Bob: back");
    }

    [Fact]
    public async Task A_room_takes_another_name_behind_the_message_that_is_being_kept()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "old");
        var bob = await _test.SignInAsync("Bob", "old");
        Assert.True(RoomName.TryParse("new", out var name));
        await _test.Broker.LastNumberAsync(name, TestContext.Current.CancellationToken);
        await HoldAsync(hold, bob, "old", "1");

        var renaming = ann.RenameRoomAsync("old", "new").AsTask();
        await ann.PostAsync("old", "2");
        Assert.False(renaming.IsCompleted);
        hold.Release();
        Assert.Equal(Verdict.Accepted, await renaming);
        await bob.MustPostAsync("new", "3");

        await bob.MustSeeAsync("old| Bob: 1", "old| Ann: 2", "old| Ann renamed it to new", "new| Bob: 3");
        Assert.Equal(["1", "2", "old new", "3"], _test.Store.Texts);
    }

    [Fact]
    public async Task An_answer_comes_behind_what_its_session_has_said_and_nobody_waits_for_it()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob", "main");
        await ann.MustSeeAsync("main| Bob joined");
        await HoldAsync(hold, ann, "main", "one");

        ann.Reply("answer");
        bob.Reply("another");
        await ann.PostAsync("main", "two");
        Assert.Equal(["another"], bob.Waiting());
        Assert.Empty(ann.Waiting());
        hold.Release();

        await ann.MustSeeAsync("main| Ann: one", "answer", "main| Ann: two");
    }

    [Fact]
    public async Task Answers_that_wait_behind_the_store_count_as_what_waits_for_a_reader()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        await HoldAsync(hold, ann, "main", "one");
        for (var i = 0; !ann.Session.Outbox.IsOverHighWater; i++)
        {
            Assert.True(i < 10_000, "answers pile up");
            ann.Reply(new string('x', 1000));
        }

        var drained = ann.Session.Outbox.WhenDrainedAsync();
        Assert.False(drained.IsCompleted);
        hold.Release();
        await drained.WaitAsync(TestSession.Patience, TestContext.Current.CancellationToken);
        Assert.False(ann.Session.Outbox.IsOverHighWater);
    }

    [Fact]
    public async Task The_name_of_whoever_leaves_while_its_last_message_is_kept_is_free_when_that_is_shown()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main", "other");
        var bob = await _test.SignInAsync("Bob", "main", "other");
        await HoldAsync(hold, ann, "main", "bye");

        var leaving = ann.SignOutAsync().AsTask();
        var back = _test.NewSession();
        var arriving = back.SignInAsync("Ann").AsTask();
        Assert.False(arriving.IsCompleted);
        hold.Release();
        await leaving;
        Assert.Equal(Verdict.Accepted, await arriving);
        await back.MustJoinAsync("other");

        await bob.MustSeeAsync("main| Ann: bye", "main| Ann quit", "other| Ann joined");
    }

    [Fact]
    public async Task The_name_of_whoever_renames_behind_a_message_on_its_way_is_free_when_that_is_shown()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob", "main");
        await HoldAsync(hold, ann, "main", "wait");

        var renaming = ann.RenameAsync("Eve").AsTask();
        var claiming = bob.RenameAsync("ann").AsTask();
        Assert.False(claiming.IsCompleted);
        hold.Release();
        Assert.Equal(Verdict.Accepted, await renaming);
        Assert.Equal(Verdict.Accepted, await claiming);

        await bob.MustSeeAsync("main| Ann: wait", "main| Ann is now Eve", "main| Bob is now ann");
    }

    [Theory]
    [InlineData("one", "one| Bob: wait", "one| Ann is now Eve")]
    [InlineData("two", "one| Ann is now Eve", "two| Bob: wait")]
    public async Task Whoever_renames_behind_a_message_on_its_way_to_one_of_its_rooms_is_shown_it_too(string busy, string first, string second)
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", busy);
        await ann.MustSeeAsync($"{busy}| Bob joined");
        await HoldAsync(hold, bob, busy, "wait");

        var renaming = ann.RenameAsync("Eve").AsTask();
        Assert.False(renaming.IsCompleted);
        hold.Release();
        Assert.Equal(Verdict.Accepted, await renaming);

        await ann.MustSeeAsync(first, second);
        await bob.MustSeeAsync($"{busy}| Bob: wait", $"{busy}| Ann is now Eve");
    }

    /// <summary>Has a message on its way into the store, and the store hold it.</summary>
    private async Task HoldAsync(Hold hold, TestSession author, string room, string text)
    {
        _test.Store.OnAppend = texts =>
        {
            if (texts.Contains(text))
            {
                hold.Pause();
            }
        };
        Assert.Equal(Verdict.Accepted, await author.PostAsync(room, text));
        hold.WaitUntilReached();
    }
}
