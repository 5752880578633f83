using System.Text;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task A_second_session_of_an_account_is_the_same_user_and_no_news()
    {
        var ann = await LogInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        var annToo = await LogInAsync("aNN", "main");
        await annToo.MustPostAsync("main", "hi");

        Assert.Equal(ann.Session.User!.Id, annToo.Session.User!.Id);
        await ann.MustSeeAsync("main| Bob joined", "main| Ann: hi");
        await AllSeeAsync([bob, annToo], "main| Ann: hi");
        Assert.Equal(["main (2)"], await RoomsAsync());
    }

    [Fact]
    public async Task All_sessions_of_an_account_wear_one_name_whatever_they_have_asked_for()
    {
        var ann = await LogInAsync("Ann", "main");
        await ann.RenameAsync("Anna");
        var phone = NewSession();

        Assert.Equal(Verdict.Accepted, await phone.SignInAsync("Ann-phone", new UserProfile { Login = TestSession.Login("Ann"), RealName = "Somebody else" }));

        Assert.Equal(("Anna", ""), (phone.Session.User!.Name.Value, phone.Session.User.Profile.RealName));
        Assert.Equal(Verdict.Accepted, await NewSession().SignInAsync("Ann-phone"));
    }

    [Fact]
    public async Task Guests_of_one_name_are_never_one_user()
    {
        await LogInAsync("Ann");
        await SignInAsync("Bob");

        Assert.Equal(Verdict.NameTaken, await NewSession().SignInAsync("Ann"));
        Assert.Equal(Verdict.NameTaken, await NewSession().SignInAsync("Bob"));
    }

    [Fact]
    public async Task A_user_leaves_a_room_on_all_its_sessions_and_each_is_told_once()
    {
        var ann = await LogInAsync("Ann", "main");
        var annToo = await LogInAsync("Ann", "main", "other");
        var bob = await SignInAsync("Bob", "main");

        Assert.Equal(Verdict.Accepted, await ann.LeaveAsync("main", "tea"));
        await bob.MustPostAsync("main", "alone");
        await annToo.MustPostAsync("other", "end");

        await bob.MustSeeAsync("main| Ann left (tea)", "main| Bob: alone");
        await annToo.MustSeeAsync("main| Bob joined", "main| Ann left (tea)", "other| Ann: end");
        await ann.ReachedAsync();
        Assert.Equal(["main| Bob joined"], ann.Waiting());
        Assert.Empty(ann.Session.Rooms);
        Assert.Equal(["other"], annToo.Session.Rooms.Select(room => room.Value));
        Assert.Equal(["Bob"], await MembersAsync("main"));
    }

    [Fact]
    public async Task A_session_that_goes_on_to_another_room_leaves_the_others_of_its_user_where_they_are()
    {
        var ann = await LogInAsync("Ann", "main");
        var annToo = await LogInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");

        Assert.Equal(Verdict.Accepted, await ann.MoveAsync("main", "other"));
        await annToo.MustPostAsync("main", "still here");

        await bob.MustSeeAsync("main| Ann: still here");
        Assert.Equal(["Ann", "Bob"], await MembersAsync("main"));
        Assert.Equal(["other"], ann.Session.Rooms.Select(room => room.Value));
    }

    [Fact]
    public async Task A_user_stays_as_long_as_one_of_its_sessions_does()
    {
        var ann = await LogInAsync("Ann", "main");
        var annToo = await LogInAsync("Ann", "main");
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
        var ann = await LogInAsync("Ann", "one", "two", "three");
        await LogInAsync("Ann", "three");
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
        var ann = await LogInAsync("Ann", "one", "two");
        var elsewhere = await LogInAsync("Ann", "three");
        var nowhere = await LogInAsync("Ann");

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
        var ann = await LogInAsync("Ann");
        var annToo = await LogInAsync("Ann");
        var bob = await LogInAsync("Bob");
        var bobToo = await LogInAsync("Bob");

        Assert.Empty(await ann.TellAsync("hi", "Bob"));

        await AllSeeAsync([bob, bobToo], "Ann to you: hi");
        await AllSeeAsync([ann, annToo], "you to Bob: hi");
    }

    [Fact]
    public async Task Sessions_of_one_user_follow_rooms_each_by_itself_unless_they_follow_all()
    {
        var ann = await LogInAsync("Ann", "one");
        var annToo = await LogInAsync("Ann", "two");

        Assert.Equal(Verdict.NotInRoom, await ann.PostAsync("two", "hi"));
        Assert.Equal(Verdict.NotInRoom, await ann.LeaveAsync("two"));

        Assert.Equal(["one"], ann.Session.Rooms.Select(room => room.Value));
        Assert.Equal(["two"], annToo.Session.Rooms.Select(room => room.Value));
    }

    [Fact]
    public async Task A_session_that_follows_all_is_taken_along_by_the_others_and_shown_what_is_said_there()
    {
        var (ann, phone, page) = (await LogInAsync("Ann"), await LogInAsync("Ann"), await LogInAsync("Ann"));
        var bob = await SignInAsync("Bob", "main");
        await phone.MustFollowAllAsync();

        await ann.MustJoinAsync("main");
        await bob.MustPostAsync("main", "hello");
        await phone.MustPostAsync("main", "hi");

        await phone.MustSeeAsync("main| welcome Ann", "main| Bob: hello", "main| Ann: hi");
        await ann.MustSeeAsync("main| Bob: hello", "main| Ann: hi");
        await bob.MustSeeAsync("main| Ann joined", "main| Bob: hello", "main| Ann: hi");
        await page.ReachedAsync();
        Assert.Empty(page.Waiting());
        Assert.Equal(Verdict.AlreadyInRoom, await phone.JoinAsync("main"));
        Assert.Equal(["Ann", "Bob"], await MembersAsync("main"));

        Assert.Equal(Verdict.Accepted, await phone.AskAsync(new FollowAll(IsOn: false)));
        await ann.MustJoinAsync("other");
        Assert.Equal(["main"], phone.Session.Rooms.Select(room => room.Value));
    }

    [Fact]
    public async Task A_session_follows_a_room_that_its_user_is_in_and_no_other()
    {
        var ann = await LogInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main", "bobs");
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        var phone = await LogInAsync("Ann");

        Assert.Equal(Verdict.Accepted, await phone.FollowAsync("main"));
        Assert.Equal(Verdict.NotInRoom, await phone.FollowAsync("bobs"));
        Assert.Equal(Verdict.NotInRoom, await phone.FollowAsync("nowhere"));
        Assert.Equal(Verdict.AlreadyInRoom, await phone.FollowAsync("main"));
        await bob.MustPostAsync("main", "hi");

        await phone.MustSeeAsync("main| welcome Ann", "main| Bob: hi");
        await bob.MustSeeAsync("main| Ann set +InviteOnly", "main| Bob: hi");
        Assert.Equal(["bobs (1)", "main (2)"], await RoomsAsync());
    }

    [Fact]
    public async Task Whoever_logs_in_to_an_account_that_is_here_becomes_one_of_its_sessions_and_the_guest_is_gone()
    {
        var ann = await LogInAsync("Ann", "main");
        var guest = await SignInAsync("Gus", "main", "other");
        var bob = await SignInAsync("Bob", "main", "other");
        await guest.NextAsync(2);
        await guest.WatchAsync("Dan");

        Assert.Equal(Verdict.Accepted, await guest.UpdateAsync(new UserProfile { Login = TestSession.Login("Ann") }));
        await bob.MustPostAsync("main", "gone?");

        Assert.Equal(ann.Session.User!.Id, guest.Session.User!.Id);
        Assert.Empty(guest.Session.Rooms);
        Assert.Equal(["Gus quit (Logged in as Ann)", "Bob: gone?"], (await bob.NextAsync(2)).Select(WithoutRoom));
        Assert.Equal(["Ann", "Bob"], await MembersAsync("main"));
        Assert.Equal(["Bob"], await MembersAsync("other"));

        await guest.MustJoinAsync("other");
        Assert.Empty(await bob.TellAsync("both", "Ann"));
        await SignInAsync("Dan");
        await SignInAsync("Gus");
        await guest.MustSeeAsync("Bob to you: both", "Dan is here");
        await bob.MustSeeAsync("other| Ann joined", "you to Ann: both");
    }

    [Fact]
    public async Task Whoever_logs_in_to_an_account_that_is_not_here_stays_who_it_was_and_the_next_is_the_same()
    {
        var guest = await SignInAsync("Gus", "main");
        var bob = await SignInAsync("Bob", "main");
        var id = guest.Session.User!.Id;

        Assert.Equal(Verdict.Accepted, await guest.UpdateAsync(new UserProfile { Login = TestSession.Login("Ann") }));
        var phone = await LogInAsync("Ann");

        Assert.Equal((id, id), (guest.Session.User.Id, phone.Session.User!.Id));
        Assert.Equal("Gus", phone.Session.User.Name.Value);
        Assert.Equal("main| Gus was user@parley and is user@parley as Ann", await bob.NextAsync());
    }

    [Fact]
    public async Task A_session_that_logs_in_to_another_account_leaves_those_of_the_first_to_it()
    {
        var ann = await LogInAsync("Ann", "main");
        var lent = await LogInAsync("Ann", "main");
        await lent.UpdateAsync(new UserProfile { Login = TestSession.Login("Ann"), Rights = ServerRights.All });

        Assert.Equal(Verdict.Accepted, await lent.UpdateAsync(new UserProfile { Login = TestSession.Login("Bob"), Rights = ServerRights.All }));

        Assert.Equal(("Ann", "Bob"), (ann.Session.User!.Name.Value, lent.Session.User!.Name.Value));
        Assert.False(lent.Session.User.Profile.IsOperator);
        Assert.Equal(["Ann"], await MembersAsync("main"));
        var third = await LogInAsync("Ann");
        Assert.Equal(ann.Session.User.Id, third.Session.User!.Id);
        Assert.Equal(lent.Session.User.Id, (await LogInAsync("Bob")).Session.User!.Id);
    }

    [Fact]
    public async Task Rights_end_with_the_last_session_that_has_brought_them()
    {
        var (laptop, phone, token) = (await LogInAsync("Ann"), await LogInAsync("Ann"), await LogInAsync("Ann"));
        var user = token.Session.User!;
        await laptop.UpdateAsync(user.Profile with { Rights = ServerRights.All });
        await phone.UpdateAsync(user.Profile with { Rights = ServerRights.Audit });
        await token.UpdateAsync(user.Profile with { Away = "at lunch" });

        await laptop.SignOutAsync();
        await token.ReachedAsync();
        Assert.Equal(ServerRights.Audit, user.Profile.Rights);

        await phone.SignOutAsync();
        await token.ReachedAsync();
        Assert.Equal((ServerRights.None, "at lunch"), (user.Profile.Rights, user.Profile.Away));

        // Nor does the next one find them.
        Assert.False((await LogInAsync("Ann")).Session.User!.Profile.IsOperator);
    }

    [Fact]
    public async Task Rights_that_were_given_up_are_nobodys_to_end()
    {
        var (laptop, phone) = (await LogInAsync("Ann"), await LogInAsync("Ann"));
        var user = phone.Session.User!;
        await laptop.UpdateAsync(user.Profile with { Rights = ServerRights.All });
        await laptop.UpdateAsync(user.Profile.WithoutRights());
        await phone.UpdateAsync(user.Profile with { Rights = ServerRights.Audit });

        await laptop.SignOutAsync();
        await phone.ReachedAsync();

        Assert.Equal(ServerRights.Audit, user.Profile.Rights);
    }

    [Fact]
    public async Task Whoever_gives_up_an_account_for_another_is_another_person_with_nothing_of_the_first()
    {
        var bob = await SignInAsync("Bo", "main");
        var ann = await LogInAsync("Ann", "main", "attic");
        await ann.UpdateAsync(new UserProfile { Login = TestSession.Login("Ann"), Rights = ServerRights.All });
        await bob.MustSeeAsync("main| Ann joined");
        var id = ann.Session.User!.Id;

        Assert.Equal(Verdict.Accepted, await ann.UpdateAsync(new UserProfile { Login = TestSession.Login("Eve"), Rights = ServerRights.All }));

        Assert.Equal(("Eve", ServerRights.None), (ann.Session.User!.Name.Value, ann.Session.User.Profile.Rights));
        Assert.NotEqual(id, ann.Session.User.Id);
        Assert.Equal(["Bo"], await MembersAsync("main"));
        Assert.Empty(ann.Session.Rooms);
        Assert.Equal(Verdict.Accepted, await NewSession().LogInAsync("Ann"));
    }

    [Fact]
    public async Task What_is_for_others_alone_is_shown_to_no_other_session_of_its_author()
    {
        var (ann, phone) = (await LogInAsync("Ann", "main"), await LogInAsync("Ann", "main"));
        var (bob, bobToo) = (await LogInAsync("Bob", "main"), await LogInAsync("Bob", "main"));
        var typing = new MessageDraft(MessageKind.Text, Encoding.UTF8.GetBytes("types")) { IsForOthers = true };

        await ann.PostAsync("main", typing);
        await ann.PostAsync("main", typing with { Echo = false });
        await ann.TellAsync(typing, "Bob");
        await phone.MustPostAsync("main", "end");

        await AllSeeAsync([bob, bobToo], "main| Ann: types", "main| Ann: types", "Ann to you: types", "main| Ann: end");
        await phone.MustSeeAsync("main| Bob joined", "main| Ann: end");
        await ann.MustSeeAsync("main| Bob joined", "main| Ann: types", "you to Bob: types", "main| Ann: end");
    }

    [Fact]
    public async Task People_with_several_sessions_that_come_and_go_are_each_shown_every_message_once_a_session()
    {
        const int Rounds = 40;
        var people = new[] { "Ann", "Bob", "Cyd" };
        var steady = await Task.WhenAll(people.Select(name => LogInAsync(name, "main")));
        foreach (var session in steady)
        {
            await session.MustFollowAllAsync();
        }

        var working = people.Select((name, number) => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                var passing = await LogInAsync(name);
                await passing.MustFollowAllAsync();
                Assert.Equal(Verdict.Accepted, await passing.FollowAsync("main"));
                await passing.MustPostAsync("main", $"{round}");
                if ((round + number) % 3 == 0)
                {
                    passing.Session.Outbox.Complete();
                }

                await passing.SignOutAsync();
            }
        }));
        await Task.WhenAll(working);

        var expected = people.SelectMany(name => Enumerable.Range(0, Rounds).Select(round => $"main| {name}: {round}")).Order(StringComparer.Ordinal);
        foreach (var session in steady)
        {
            await session.ReachedAsync();
        }

        await steady[0].MustPostAsync("main", "end");
        string[]? first = null;
        foreach (var session in steady)
        {
            var said = new List<string>();
            for (var line = await session.NextAsync(); line != "main| Ann: end"; line = await session.NextAsync())
            {
                if (!line.EndsWith(" joined", StringComparison.Ordinal))
                {
                    said.Add(line);
                }
            }

            Assert.Equal(expected, said.Order(StringComparer.Ordinal));
            Assert.Equal(first ??= [.. said], said);
        }

        Assert.Equal(["main (3)"], await RoomsAsync());
    }
}
