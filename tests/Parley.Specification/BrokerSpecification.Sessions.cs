using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task Nobody_can_be_attached_to_who_is_not_here()
    {
        var session = NewSession();

        Assert.Equal(Verdict.NotHere, await session.AttachAsync("Ann"));

        Assert.Null(session.Session.User);
    }

    [Fact]
    public async Task A_second_session_is_the_same_user_and_no_news()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        var annToo = await AttachAsync("aNN", "main");
        await annToo.MustPostAsync("main", "hi");

        Assert.Equal(ann.Session.User!.Id, annToo.Session.User!.Id);
        await ann.MustSeeAsync("main| Bob joined", "main| Ann: hi");
        await AllSeeAsync([bob, annToo], "main| Ann: hi");
        Assert.Equal(["main (2)"], await RoomsAsync());
    }

    [Fact]
    public async Task A_user_leaves_a_room_with_the_last_of_its_sessions_there()
    {
        var ann = await SignInAsync("Ann", "main");
        var annToo = await AttachAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        await ann.LeaveAsync("main");
        await bob.MustPostAsync("main", "still two");
        await annToo.LeaveAsync("main");

        await bob.MustSeeAsync("main| Bob: still two", "main| Ann left");
        await annToo.MustSeeAsync("main| Bob joined", "main| Bob: still two");
        Assert.Equal(["Bob"], await MembersAsync("main"));
    }

    [Fact]
    public async Task A_user_stays_as_long_as_one_of_its_sessions_does()
    {
        var ann = await SignInAsync("Ann", "main");
        var annToo = await AttachAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        await ann.SignOutAsync();
        Assert.Equal(Verdict.NameTaken, await NewSession().SignInAsync("Ann"));
        await annToo.MustPostAsync("main", "still here");
        await annToo.SignOutAsync();

        await bob.MustSeeAsync("main| Ann: still here", "main| Ann quit");
        Assert.Equal(Verdict.Accepted, await NewSession().SignInAsync("Ann"));
    }

    [Fact]
    public async Task A_session_that_ends_leaves_the_rooms_where_it_was_its_users_only_one()
    {
        var ann = await SignInAsync("Ann", "one", "two", "three");
        await AttachAsync("Ann", "three");
        var bob = await SignInAsync("Bob", "one", "two", "three");

        await ann.SignOutAsync();
        await bob.MustPostAsync("three", "end");

        Assert.Equal(["one| Ann left", "three| Bob: end", "two| Ann left"], (await bob.NextAsync(3)).Order());
        Assert.Equal(["Ann", "Bob"], await MembersAsync("three"));
        Assert.Equal(["Bob"], await MembersAsync("one"));
    }

    [Fact]
    public async Task A_rename_reaches_every_session_of_the_user_once()
    {
        var ann = await SignInAsync("Ann", "one", "two");
        var elsewhere = await AttachAsync("Ann", "three");
        var nowhere = await AttachAsync("Ann");

        await elsewhere.RenameAsync("Eve");
        await ann.MustPostAsync("two", "end");
        await elsewhere.MustPostAsync("three", "end");

        Assert.Equal(["Ann is now Eve", "Eve: end"], (await ann.NextAsync(2)).Select(WithoutRoom));
        await elsewhere.MustSeeAsync("three| Ann is now Eve", "three| Eve: end");
        await nowhere.MustSeeAsync("-| Ann is now Eve");
    }

    [Fact]
    public async Task A_direct_message_reaches_every_session_of_both()
    {
        var ann = await SignInAsync("Ann");
        var annToo = await AttachAsync("Ann");
        var bob = await SignInAsync("Bob");
        var bobToo = await AttachAsync("Bob");

        Assert.Empty(await ann.TellAsync("hi", "Bob"));

        await AllSeeAsync([bob, bobToo], "Ann to you: hi");
        await AllSeeAsync([ann, annToo], "you to Bob: hi");
    }

    [Fact]
    public async Task Sessions_of_one_user_follow_rooms_each_by_itself()
    {
        var ann = await SignInAsync("Ann", "one");
        var annToo = await AttachAsync("Ann", "two");

        Assert.Equal(Verdict.NotInRoom, await ann.PostAsync("two", "hi"));
        Assert.Equal(Verdict.NotInRoom, await ann.LeaveAsync("two"));

        Assert.Equal(["one"], ann.Session.Rooms.Select(room => room.Value));
        Assert.Equal(["two"], annToo.Session.Rooms.Select(room => room.Value));
    }
}
