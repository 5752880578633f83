using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task Joining_makes_a_room()
    {
        await SignInAsync("Ann", "main");

        Assert.Equal(["main (1)"], await RoomsAsync());
        Assert.Equal(["Ann"], await MembersAsync("main"));
    }

    [Fact]
    public async Task A_room_that_nobody_made_has_no_members()
    {
        Assert.Empty(await RoomsAsync());
        Assert.Empty(await MembersAsync("main"));
    }

    [Fact]
    public async Task Rooms_are_listed_by_name_and_a_page_at_a_time()
    {
        var ann = await SignInAsync("Ann", "delta", "Bravo", "echo", "alfa", "charlie");
        await ann.ChangeModesAsync("charlie", new RoomModeChange(IsAdding: true, RoomMode.Secret));
        var cid = await SignInAsync("Cid", "alfa");
        Assert.Equal(["alfa", "Bravo", "charlie", "delta", "echo"], await ann.RoomsAsync());

        // A page is what was looked at: what somebody may not know of is not there, and the list goes on behind it.
        var pages = new List<string>();
        RoomName last = default;
        do
        {
            var page = await cid.LookAsync(new ListRooms(last, Limit: 3));
            pages.Add(string.Join(' ', page.Items.Select(room => $"{room.Name} ({room.Users})")));
            last = page.Next;
        }
        while (!last.IsEmpty);

        Assert.Equal(["alfa (2) Bravo (1)", "delta (1) echo (1)"], pages);
    }

    [Fact]
    public async Task A_list_leaves_out_rooms_that_are_gone_and_has_those_of_a_new_name()
    {
        var ann = await SignInAsync("Ann", "alfa", "bravo", "charlie");
        await ann.LeaveAsync("alfa");
        await ann.RenameRoomAsync("bravo", "zulu");

        Assert.Equal(["charlie", "zulu"], await ann.RoomsAsync());
    }

    [Fact]
    public async Task Users_are_listed_by_name_and_a_page_at_a_time()
    {
        await SignInAsync("Delta");
        await SignInAsync("alfa", "main");
        var hidden = await SignInAsync("Bravo", "main");
        await hidden.UpdateAsync(hidden.Session.User!.Profile with { IsInvisible = true });
        var cid = await SignInAsync("Cid", "other");
        var near = await SignInAsync("Echo", "main");

        Assert.Equal(["alfa", "Cid+", "Delta", "Echo"], await PagesAsync(cid));
        Assert.Equal(["alfa", "Bravo", "Cid+", "Delta", "Echo"], await PagesAsync(near));

        static async Task<string[]> PagesAsync(TestSession session)
        {
            var first = await session.LookAsync(new ListUsers(Limit: 3));
            var second = await session.LookAsync(new ListUsers(first.Next, Limit: 3));
            Assert.True(second.Next.IsEmpty);
            return [.. first.Items.SkipLast(1).Select(user => user.Name.Value), $"{first.Items[^1].Name}+", .. second.Items.Select(user => user.Name.Value)];
        }
    }

    [Fact]
    public async Task A_join_is_told_to_the_others_and_the_joiner_gets_its_welcome_instead()
    {
        var ann = await SignInAsync("Ann", "main");

        var bob = await SignInAsync("Bob", "main");
        await bob.MustPostAsync("main", "hi");

        await ann.MustSeeAsync("main| Bob joined", "main| Bob: hi");
        await bob.MustSeeAsync("main| Bob: hi");
    }

    [Fact]
    public async Task The_welcome_comes_ahead_of_anything_said_there_and_behind_everything_said_elsewhere()
    {
        var ann = await SignInAsync("Ann", "old", "new");
        var bob = await SignInAsync("Bob", "old");
        await ann.MustPostAsync("old", "1");

        await bob.JoinAsync("new");
        await ann.MustPostAsync("new", "2");

        await bob.MustSeeAsync("old| Ann: 1", "new| welcome Bob", "new| Ann: 2");
    }

    [Fact]
    public async Task What_was_said_before_a_join_is_not_shown()
    {
        var ann = await SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "early");

        var bob = await SignInAsync("Bob", "main");
        await ann.MustPostAsync("main", "late");

        await bob.MustSeeAsync("main| Ann: late");
    }

    [Theory]
    [InlineData("main")]
    [InlineData("MAIN")]
    public async Task Joining_twice_is_refused_in_any_case(string again)
    {
        var ann = await SignInAsync("Ann", "main");

        Assert.Equal(Verdict.AlreadyInRoom, await ann.JoinAsync(again));

        Assert.Equal(["main (1)"], await RoomsAsync());
    }

    [Fact]
    public async Task A_room_is_spelled_as_by_whoever_made_it()
    {
        await SignInAsync("Ann", "Main");
        var bob = await SignInAsync("Bob");

        await bob.JoinAsync("MAIN");

        await bob.MustSeeAsync("Main| welcome Bob");
        Assert.Equal(["Main (2)"], await RoomsAsync());
        await bob.ReachedAsync();
        Assert.Equal(["Main"], bob.Session.Rooms.Select(room => room.Value));
    }

    [Fact]
    public async Task Leaving_is_told_to_the_others_and_ends_what_one_is_shown()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main", "other");

        Assert.Equal(Verdict.Accepted, await bob.LeaveAsync("main"));
        await ann.MustPostAsync("main", "hi");
        await bob.MustPostAsync("other", "end");

        await ann.MustSeeAsync("main| Bob joined", "main| Bob left", "main| Ann: hi");
        await bob.MustSeeAsync("other| Bob: end");
        Assert.Equal(["main (1)", "other (1)"], await RoomsAsync());
    }

    [Fact]
    public async Task What_was_said_before_one_left_still_arrives()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        await ann.MustPostAsync("main", "wait");
        await bob.LeaveAsync("main");

        await bob.MustSeeAsync("main| Ann: wait");
    }

    [Fact]
    public async Task Leaving_a_room_that_one_is_not_in_is_refused()
    {
        await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "other");

        Assert.Equal(Verdict.NotInRoom, await bob.LeaveAsync("main"));
        Assert.Equal(Verdict.NoSuchRoom, await bob.LeaveAsync("nowhere"));

        Assert.Equal(["main (1)", "other (1)"], await RoomsAsync());
    }

    [Fact]
    public async Task A_room_is_gone_with_its_last_member()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        await ann.LeaveAsync("main");
        Assert.Equal(["main (1)"], await RoomsAsync());
        await bob.SignOutAsync();

        Assert.Empty(await RoomsAsync());
        Assert.Empty(await MembersAsync("main"));
    }

    [Fact]
    public async Task A_room_made_anew_works_like_a_new_one()
    {
        var ann = await SignInAsync("Ann", "main");
        await ann.LeaveAsync("main");

        await ann.JoinAsync("MAIN");
        await ann.MustPostAsync("main", "hi");

        await ann.MustSeeAsync("MAIN| welcome Ann", "MAIN| Ann: hi");
        Assert.Equal(["MAIN (1)"], await RoomsAsync());
    }

    [Fact]
    public async Task A_quit_is_told_to_the_room()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        await bob.SignOutAsync();

        await ann.MustSeeAsync("main| Bob joined", "main| Bob quit");
        Assert.Equal(["Ann"], await MembersAsync("main"));
    }

    [Fact]
    public async Task However_joins_and_leaves_fall_nobody_lands_in_a_room_that_is_gone()
    {
        var pairs = new[] { await SignInAsync("Ann"), await SignInAsync("Bob"), await SignInAsync("Cyd"), await SignInAsync("Dan") };

        for (var round = 0; round < 50; round++)
        {
            await Task.WhenAll(pairs.Select(session => Task.Run(async () =>
            {
                for (var i = 0; i < 10; i++)
                {
                    Assert.Equal(Verdict.Accepted, await session.JoinAsync("main"));
                    Assert.Equal(Verdict.Accepted, await session.LeaveAsync("main"));
                }

                Assert.Equal(Verdict.Accepted, await session.JoinAsync("main"));
            })));

            Assert.Equal(["main (4)"], await RoomsAsync());
            await pairs[0].MustPostAsync("main", $"round {round}");
            foreach (var session in pairs)
            {
                while (await session.NextAsync() != $"main| Ann: round {round}")
                {
                }
            }

            await Task.WhenAll(pairs.Select(session => Task.Run(async () => await session.LeaveAsync("main"))));
            Assert.Empty(await RoomsAsync());
        }
    }
}
