using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

/// <summary>The next home tells a node what it has missed about its own users and those whom they watch; and nobody goes on under a name that others had meanwhile.</summary>
public sealed class FailoverStateTests : IAsyncDisposable
{
    private readonly FailingCluster _cluster = new(nodes: 3);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Who_watches_names_is_told_who_has_come_and_gone_and_nothing_else()
    {
        var (ann, cyd) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Cyd"));
        await _cluster.SignInAsync(2, "Bob");
        foreach (var name in (string[])["Ann", "Bob", "Dan", "Eve"])
        {
            Assert.Equal(Verdict.Accepted, await cyd.WatchAsync(name));
            await cyd.LookAsync(new Queries.FindUser(Name(name)));
        }

        _cluster.Nodes.Deafen(1);
        await _cluster.SignInAsync(0, "Dan");
        await _cluster.FailOverAsync(dead: 2);
        await ann.TellAsync("hi", "Cyd");

        await cyd.MustSeeAsync("Bob is gone", "Dan is here", "Ann to you: hi");
        await _cluster.SignInAsync(0, "Eve");
        await cyd.MustSeeAsync("Eve is here");
    }

    [Fact]
    public async Task Who_was_told_of_a_name_by_itself_is_not_told_again()
    {
        var (ann, cyd) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Cyd"));
        await cyd.WatchAsync("Dan");
        await _cluster.SignInAsync(0, "Dan");
        await cyd.MustSeeAsync("Dan is here");

        await _cluster.FailOverAsync();
        await ann.TellAsync("hi", "Cyd");

        await cyd.MustSeeAsync("Ann to you: hi");
    }

    [Fact]
    public async Task Sessions_of_one_user_have_its_latest_name_and_profile_wherever_they_are()
    {
        var (desk, phone) = (await _cluster.SignInAsync(0, "Ann", "Ann"), await _cluster.SignInAsync(1, "Ann", "Ann"));
        var tablet = await _cluster.SignInAsync(1, "Ann", "Ann");
        await desk.MustJoinAsync("main");
        await tablet.FollowAsync("main");
        await tablet.MustSeeAsync("main| welcome Ann");

        _cluster.Nodes.Deafen(1);
        await desk.RenameAsync("Eve");
        Assert.Equal(Verdict.Accepted, await desk.UpdateAsync(desk.Session.User!.Profile with { Away = "tea" }));
        await _cluster.FailOverAsync();
        await desk.MustPostAsync("main", "hi");

        await tablet.MustSeeAsync("main| Ann is now Eve", "-| Eve was user@parley as Ann and is user@parley away (tea) as Ann", "main| Eve: hi");
        await phone.MustSeeAsync("-| Ann is now Eve", "-| Eve was user@parley as Ann and is user@parley away (tea) as Ann");
        Assert.Equal(desk.Session.User.Profile, phone.Session.User!.Profile);
        Assert.Equal("Eve", phone.Session.User.Name.Value);
        Assert.Equal("Eve", desk.Session.User.Name.Value);
    }

    [Fact]
    public async Task Whose_name_another_has_had_meanwhile_does_not_go_on_under_it()
    {
        await _cluster.SignInAsync(0, "Ann");
        var bob = await _cluster.SignInAsync(1, "Bob");
        _cluster.Nodes.Kill();
        await _cluster.Nodes.MoveWithout(_cluster.NewHome(), late: 1);
        var other = await _cluster.SignInAsync(0, "Bob");
        Assert.Equal(Verdict.Accepted, await other.RenameAsync("Rob"));

        _cluster.Nodes.Arrive(1);
        await new TestSession(_cluster.Nodes.Nodes[1]).ReachedAsync();

        Assert.Equal("Somebody else has been Bob meanwhile", bob.Session.CloseReason);
    }

    [Fact]
    public async Task Who_had_a_name_after_another_goes_on_under_it_when_a_link_breaks_or_a_node_comes_late()
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Bob"), await _cluster.SignInAsync(1, "Cyd"));
        await ann.RenameAsync("Ann");
        await bob.RenameAsync("Bob");

        _cluster.Nodes.Arrive(1);
        await bob.ReachedAsync();
        Assert.Null(bob.Session.CloseReason);
        _cluster.Nodes.Kill();
        await _cluster.Nodes.MoveWithout(_cluster.NewHome(), late: 1);
        _cluster.Nodes.Arrive(1);
        await bob.ReachedAsync();

        Assert.Null(bob.Session.CloseReason);
        Assert.Empty(await ann.TellAsync("you are Bob", "Bob"));
    }

    [Fact]
    public async Task Who_is_back_as_the_same_account_takes_nobodys_name()
    {
        await _cluster.SignInAsync(0, "Ann");
        var bob = await _cluster.SignInAsync(1, "Bob", "Bob");
        _cluster.Nodes.Kill();
        await _cluster.Nodes.MoveWithout(_cluster.NewHome(), late: 1);
        await (await _cluster.SignInAsync(0, "Bob", "Bob")).SignOutAsync();

        _cluster.Nodes.Arrive(1);
        await bob.ReachedAsync();

        Assert.Null(bob.Session.CloseReason);
    }

    [Fact]
    public async Task A_room_that_is_made_anew_while_its_members_are_away_is_theirs_when_they_are_back()
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        await bob.MustJoinAsync("main");
        await bob.SetTopicAsync("main", "tea");
        await bob.MustPostAsync("main", "anybody?");
        await bob.MustSeeAsync("main| Bob set the topic 'tea'", "main| Bob: anybody?");
        _cluster.Nodes.Kill();
        await _cluster.Nodes.MoveWithout(_cluster.NewHome(), late: 1);
        await ann.MustJoinAsync("main");
        await ann.MustSetAsync("main", RoomMode.Key, "mine");
        await ann.MustPostAsync("main", "me");
        await ann.MustSeeAsync("main| Ann set +Key=mine", "main| Ann: me");

        _cluster.Nodes.Arrive(1);
        await bob.ReachedAsync();
        await bob.MustPostAsync("main", "hello");

        await bob.MustSeeAsync("main| Ann: me", "main| Ann joined", "main| Bob: hello");
        await ann.MustSeeAsync("main| ChanServ set -Operator=Ann", "main| ChanServ set the topic 'tea'", "main| ChanServ set -Key=mine", "main| Bob joined", "main| Bob: hello");
        Assert.Equal(Verdict.NotOperator, await ann.KickAsync("main", "Bob"));
        Assert.Equal(Verdict.Accepted, await bob.SetTopicAsync("main", "more tea"));
        await ann.MustSeeAsync("main| Bob set the topic 'more tea'");
    }

    [Theory]
    [InlineData(RoomMode.Key, "secret")]
    [InlineData(RoomMode.InviteOnly, null)]
    [InlineData(RoomMode.Ban, "Ann!*@*")]
    public async Task Who_would_not_be_let_into_a_room_is_put_out_before_it_is_shown_that_room_and_its_members(RoomMode mode, string? argument)
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        await bob.MustJoinAsync("main");
        await bob.MustSetAsync("main", mode, argument);
        await bob.MustPostAsync("main", "among us");
        _cluster.Nodes.Kill();
        await _cluster.Nodes.MoveWithout(_cluster.NewHome(), late: 1);
        await ann.MustJoinAsync("main");

        _cluster.Nodes.Arrive(1);
        await bob.MustPostAsync("main", "hello");

        await ann.MustSeeAsync("main| ChanServ kicked Ann (Its members are back, and you would not be let in)");
        await ann.ReachedAsync();
        Assert.Empty(ann.Waiting());
        Assert.NotEqual(Verdict.Accepted, await ann.JoinAsync("main"));
        Assert.DoesNotContain("main| Ann joined", bob.Waiting());
    }

    [Fact]
    public async Task Who_would_be_let_in_stays_where_another_is_put_out()
    {
        var (ann, bob, dan) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"), await _cluster.SignInAsync(2, "Dan"));
        await bob.MustJoinAsync("main");
        await bob.MustSetAsync("main", RoomMode.InviteOnly);
        await bob.InviteAsync("main", "Dan");
        await dan.MustSeeAsync("Bob asks you into main");
        _cluster.Nodes.Kill();
        await _cluster.Nodes.MoveWithout(_cluster.NewHome(), late: 1);
        await ann.MustJoinAsync("main");
        await dan.MustJoinAsync("main");

        _cluster.Nodes.Arrive(1);
        await bob.MustPostAsync("main", "hello");

        await ann.MustSeeAsync("main| Dan joined", "main| ChanServ kicked Ann (Its members are back, and you would not be let in)");
        await dan.MustSeeAsync("main| ChanServ kicked Ann (Its members are back, and you would not be let in)", "main| ChanServ set +InviteOnly", "main| Bob joined", "main| Bob: hello");
    }

    [Fact]
    public async Task Who_was_in_and_is_back_over_another_node_is_not_put_out()
    {
        var bob = await _cluster.SignInAsync(1, "Bob", "Bob");
        await bob.MustJoinAsync("main");
        await bob.MustSetAsync("main", RoomMode.InviteOnly);
        _cluster.Nodes.Kill();
        await _cluster.Nodes.MoveWithout(_cluster.NewHome(), late: 1);
        var again = await _cluster.SignInAsync(0, "Bob", "Bob");
        await again.MustJoinAsync("main");

        _cluster.Nodes.Arrive(1);
        await bob.MustPostAsync("main", "hello");

        await again.MustSeeAsync("main| ChanServ set +InviteOnly", "main| Bob: hello");
        Assert.Equal(Verdict.Accepted, await again.SetTopicAsync("main", "tea"));
        await bob.MustSetAsync("main", RoomMode.InviteOnly, isAdding: false);
    }

    [Fact]
    public async Task A_reaction_that_was_missed_is_shown_and_more_than_a_page_of_messages_is_shown_whole()
    {
        const int Many = 1_050;
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        await ann.MustJoinAsync("main");
        await bob.MustJoinAsync("main");
        _cluster.Nodes.Deafen(1);
        await ann.PostAsync("main", new MessageDraft(MessageKind.Tags, default) { Tags = "+react=:)"u8.ToArray(), IsLasting = true });
        for (var number = 1; number <= Many; number++)
        {
            Assert.Equal(Verdict.Accepted, await ann.PostAsync("main", $"{number}"));
        }

        await ann.AcknowledgedAsync();
        await _cluster.FailOverAsync();

        await bob.MustSeeAsync("main| * Ann ");
        await bob.MustSeeAsync([.. Enumerable.Range(1, Many).Select(number => $"main| Ann: {number}")]);
    }

    [Fact]
    public async Task A_message_that_has_the_number_of_an_arrival_that_was_shown_and_never_kept_is_shown()
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        await bob.MustJoinAsync("main");
        await bob.MustPostAsync("main", "before");
        await bob.MustSeeAsync("main| Bob: before");

        // The home shows that Ann comes, and dies before it finds that it can keep nothing any more.
        using var hold = new Hold();
        _cluster.Store.OnAppend = texts =>
        {
            if (!texts.Contains("first") && !texts.Contains("second"))
            {
                hold.Pause();
                throw new HistoryException("The database is away");
            }
        };
        await ann.MustJoinAsync("main");
        await bob.MustSeeAsync("main| Ann joined");
        _cluster.Nodes.Kill();
        hold.Release();
        await _cluster.Nodes.MoveWithout(_cluster.NewHome(), late: 1);
        await ann.MustPostAsync("main", "first");
        await ann.MustPostAsync("main", "second");

        _cluster.Nodes.Arrive(1);

        await bob.MustSeeAsync("main| Ann: first", "main| Ann: second");
    }

    [Fact]
    public async Task What_is_said_while_there_is_no_home_is_not_looked_for_in_history()
    {
        var ann = await _cluster.SignInAsync(0, "Ann");
        await ann.MustJoinAsync("main");
        _cluster.Nodes.Kill();
        var posting = ann.PostAsync("main", "hello?").AsTask();
        var looked = 0;
        _cluster.Store.OnOrigins = _ =>
        {
            Interlocked.Increment(ref looked);
            return Task.CompletedTask;
        };

        await _cluster.Nodes.MoveTo(_cluster.NewHome());

        Assert.Equal(Verdict.Accepted, await posting);
        Assert.Equal(0, looked);
    }

    private static UserName Name(string name) => UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name));
}
