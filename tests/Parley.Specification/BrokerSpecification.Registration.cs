using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task Registered_rooms_are_listed_a_page_at_a_time()
    {
        var ann = await RegisterAsync("Ann", "cellar");
        await ann.MustJoinAsync("dome");
        await ann.MustJoinAsync("attic");
        await ann.MustJoinAsync("barn");
        foreach (var room in new[] { "attic", "barn" })
        {
            Assert.Equal(Verdict.Accepted, await ann.AskAsync(new RegisterRoom(Room(room))));
        }

        var (listed, last) = (new List<string>(), default(RoomName));
        do
        {
            var page = await ann.LookAsync(new ListRegistrations(last, Limit: 1));
            listed.AddRange(page.Items.Select(view => view.Room.Value));
            last = page.Next;
        }
        while (!last.IsEmpty);

        Assert.Equal(["attic", "barn", "cellar"], listed);
    }

    [Fact]
    public async Task Nobody_turns_against_the_founder_nor_takes_the_name()
    {
        var ann = await RegisterAsync("Ann", "vault");
        var bob = await LogInAsync("Bob", "vault");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.Operator)));

        Assert.Equal(Verdict.NotFounder, await bob.KickAsync("vault", "Ann"));
        Assert.Equal(Verdict.NotFounder, await bob.RenameRoomAsync("vault", "junk"));
        Assert.Equal(Verdict.NotFounder, Assert.Single((await bob.ChangeModesAsync("vault", new RoomModeChange(IsAdding: false, RoomMode.Operator, "Ann")))!.Refused).Why);
        Assert.Equal(Verdict.NotFounder, await bob.AskAsync(new SetRank(Room("vault"), NameOf("Ann"), MemberRank.Operator, IsAdding: false)));

        Assert.Equal(Verdict.Accepted, await ann.KickAsync("vault", "Bob"));
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("vault", "dome"));
    }

    [Fact]
    public async Task A_room_is_given_to_somebody_who_is_there()
    {
        var ann = await RegisterAsync("Ann", "vault");
        var bob = await LogInAsync("Bob");

        Assert.Equal(Verdict.TargetNotInRoom, await ann.AskAsync(new TransferRoom(Room("vault"), TestSession.Login("Bob"))));
        await bob.MustJoinAsync("vault");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new TransferRoom(Room("vault"), TestSession.Login("Bob"))));
    }

    [Fact]
    public async Task A_registered_room_that_empties_keeps_its_rules_its_topic_and_its_values()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.MustSetAsync("vault", RoomMode.Key, "sesame");
        Assert.Equal(Verdict.Accepted, await ann.SetTopicAsync("vault", "plans"));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new SetRoomValue(Room("vault"), "url", "x:y")));
        await ann.SignOutAsync();
        var stranger = await SignInAsync("Eve");

        Assert.Equal(Verdict.WrongKey, await stranger.JoinAsync("vault"));
        Assert.Equal(Verdict.WrongKey, await stranger.JoinAsync("vault", key: "guess"));
        Assert.Equal(Verdict.Accepted, await stranger.JoinAsync("vault", key: "sesame"));

        var view = await stranger.LookAsync(new FindRoom(Room("vault")));
        Assert.Equal(("plans", "sesame", "x:y"), (view!.Topic!.Text, view.Key, view.Values["url"]));
        Assert.Equal(MemberRank.None, view.RankOf(stranger.Session.User!.Id));
        Assert.Contains(RoomMode.Registered, view.Flags);
    }

    [Fact]
    public async Task Its_founder_and_its_operators_come_back_as_operators_whatever_keeps_others_out()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.MustSetAsync("vault", RoomMode.InviteOnly);
        await ann.MustSetAsync("vault", RoomMode.Ban, "*!*@*");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.Operator)));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Cyd"), MemberRank.Voice)));
        await ann.SignOutAsync();

        Assert.Equal(Verdict.Banned, await (await LoggedInAsync("Cyd")).JoinAsync("vault"));
        Assert.Equal(Verdict.Banned, await (await SignInAsync("Bobby")).JoinAsync("vault"));
        var bob = await LoggedInAsync("Bob", "vault");
        var again = await LoggedInAsync("Ann", "vault");

        var view = (await bob.LookAsync(new FindRoom(Room("vault"))))!;
        Assert.Equal((MemberRank.Operator, MemberRank.Operator), (view.RankOf(bob.Session.User!.Id), view.RankOf(again.Session.User!.Id)));
    }

    [Fact]
    public async Task A_name_gives_no_role()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.SignOutAsync();

        var guest = await SignInAsync("Ann", "vault");

        Assert.Equal(MemberRank.None, (await guest.LookAsync(new FindRoom(Room("vault"))))!.RankOf(guest.Session.User!.Id));
    }

    [Fact]
    public async Task The_invitations_of_an_account_are_over_with_its_role_though_it_is_away()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.MustSetAsync("vault", RoomMode.InviteOnly);
        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.HalfOperator));
        var bob = await LoggedInAsync("Bob", "vault");
        var (cyd, dan) = (await SignInAsync("Cyd"), await SignInAsync("Dan"));
        Assert.Equal(Verdict.Accepted, await bob.InviteAsync("vault", "Cyd"));
        await ann.InviteAsync("vault", "Dan");
        await bob.LeaveAsync("vault");
        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Eve"), MemberRank.Voice));
        Assert.Equal("Cyd by Bob, Dan by Ann", await ann.GuestsAsync("vault"));

        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.Voice));

        Assert.Equal("Dan by Ann", await ann.GuestsAsync("vault"));
        Assert.Equal(Verdict.InviteOnly, await cyd.JoinAsync("vault"));
        Assert.Equal(Verdict.Accepted, await dan.JoinAsync("vault"));
    }

    [Fact]
    public async Task Who_logs_in_while_inside_is_given_the_rank_of_the_role()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.HalfOperator));
        var bob = await SignInAsync("Robert", "vault");

        Assert.Equal(Verdict.Accepted, await bob.UpdateAsync(new UserProfile { Login = TestSession.Login("Bob") }));

        await bob.MustSeeAsync("-| Robert was user@parley and is user@parley as Bob", "vault| ChanServ set +HalfOperator=Robert");
        Assert.Equal(MemberRank.HalfOperator, (await bob.LookAsync(new FindRoom(Room("vault"))))!.RankOf(bob.Session.User!.Id));
    }

    [Fact]
    public async Task A_role_gives_and_takes_the_rank_of_those_who_are_in()
    {
        var ann = await RegisterAsync("Ann", "vault");
        var bob = await LoggedInAsync("Bob", "vault");

        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.Voice));
        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.Operator));
        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.None));

        await bob.MustSeeAsync(
            "vault| Ann registered it to Ann: +Voice=Bob",
            "vault| Ann registered it to Ann: -Voice=Bob +Operator=Bob",
            "vault| Ann registered it to Ann: -Operator=Bob");
    }

    [Fact]
    public async Task With_a_role_goes_every_rank_that_its_owner_has_taken_besides()
    {
        var ann = await RegisterAsync("Ann", "vault");
        var bob = await LoggedInAsync("Bob", "vault");
        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.Operator));
        await bob.MustSetAsync("vault", RoomMode.HalfOperator, "Bob");
        await bob.MustSetAsync("vault", RoomMode.Voice, "Bob");

        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.Voice));
        Assert.Equal(MemberRank.Voice, (await bob.LookAsync(new FindRoom(Room("vault"))))!.RankOf(bob.Session.User!.Id));

        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.None));
        Assert.Equal(MemberRank.None, (await bob.LookAsync(new FindRoom(Room("vault"))))!.RankOf(bob.Session.User!.Id));
    }

    [Fact]
    public async Task Only_an_operator_who_is_logged_in_registers_a_room_and_once()
    {
        var guest = await SignInAsync("Guest", "vault");
        var member = await LoggedInAsync("Bob", "vault");
        var outside = await LoggedInAsync("Cyd");

        Assert.Equal(Verdict.NotLoggedIn, await guest.AskAsync(new RegisterRoom(Room("vault"))));
        Assert.Equal(Verdict.NotOperator, await member.AskAsync(new RegisterRoom(Room("vault"))));
        Assert.Equal(Verdict.NotInRoom, await outside.AskAsync(new RegisterRoom(Room("vault"))));
        Assert.Equal(Verdict.NoSuchRoom, await outside.AskAsync(new RegisterRoom(Room("nowhere"))));
        await guest.MustSetAsync("vault", RoomMode.Operator, "Bob");
        Assert.Equal(Verdict.NotOperator, await member.AskAsync(new RegisterRoom(Room("vault")) { Founder = TestSession.Login("Cyd") }));
        Assert.Null(await member.LookAsync(new FindRegistration(Room("vault"))));
        Assert.Equal(Verdict.Accepted, await member.AskAsync(new RegisterRoom(Room("vault"))));
        Assert.Equal(Verdict.RoomRegistered, await member.AskAsync(new RegisterRoom(Room("vault"))));
        Assert.Equal("Bob", (await outside.LookAsync(new FindRegistration(Room("vault"))))!.Registration.Founder.Name.Value);
        Assert.Equal(Verdict.NotOperator, (await member.ChangeModesAsync("vault", new RoomModeChange(IsAdding: false, RoomMode.Registered)))!.Refused.Single().Why);
    }

    [Fact]
    public async Task Roles_are_given_by_the_founder_and_by_operators_below_their_own()
    {
        var ann = await RegisterAsync("Ann", "vault");
        var bob = await LoggedInAsync("Bob", "vault");
        var (room, dan, eve) = (Room("vault"), TestSession.Login("Dan"), TestSession.Login("Eve"));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new SetRole(room, TestSession.Login("Bob"), MemberRank.Operator)));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new SetRole(room, eve, MemberRank.Operator)));

        Assert.Equal(Verdict.Accepted, await bob.AskAsync(new SetRole(room, dan, MemberRank.HalfOperator)));
        Assert.Equal(Verdict.Accepted, await bob.AskAsync(new SetRole(room, dan, MemberRank.None)));
        Assert.Equal(Verdict.NotFounder, await bob.AskAsync(new SetRole(room, dan, MemberRank.Operator)));
        Assert.Equal(Verdict.NotFounder, await bob.AskAsync(new SetRole(room, eve, MemberRank.None)));
        Assert.Equal(Verdict.NotFounder, await bob.AskAsync(new SetRole(room, TestSession.Login("Ann"), MemberRank.None)));
        Assert.Equal(Verdict.NotFounder, await bob.AskAsync(new UnregisterRoom(room)));
        Assert.Equal(Verdict.NotFounder, await bob.AskAsync(new TransferRoom(room, TestSession.Login("Bob"))));
        Assert.Equal(Verdict.NotFounder, await bob.AskAsync(new ClearAccess(room)));
        Assert.Equal(Verdict.NotFounder, await (await LoggedInAsync("Dan", "vault")).AskAsync(new SetRole(room, dan, MemberRank.Voice)));
        Assert.Equal(Verdict.Accepted, await bob.AskAsync(new SetRole(room, TestSession.Login("Bob"), MemberRank.None)));
        Assert.Equal(["Eve"], (await ann.LookAsync(new FindRegistration(room)))!.Registration.Roles.Select(role => role.Account.Name.Value));
    }

    [Fact]
    public async Task A_room_that_is_unregistered_goes_with_its_last_member_and_begins_anew()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.MustSetAsync("vault", RoomMode.Key, "sesame");

        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new UnregisterRoom(Room("vault"))));

        Assert.Equal(Verdict.RoomNotRegistered, await ann.AskAsync(new UnregisterRoom(Room("vault"))));
        Assert.Equal(Verdict.WrongKey, await (await SignInAsync("Eve")).JoinAsync("vault"));
        await ann.SignOutAsync();
        var next = await SignInAsync("Bob", "vault");
        Assert.Equal(MemberRank.Operator, (await next.LookAsync(new FindRoom(Room("vault"))))!.RankOf(next.Session.User!.Id));
    }

    [Fact]
    public async Task Its_founder_unregisters_an_empty_room_from_outside()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.MustSetAsync("vault", RoomMode.Key, "sesame");
        Assert.Equal(Verdict.Accepted, await ann.LeaveAsync("vault"));
        Assert.NotNull(await ann.LookAsync(new FindRoom(Room("vault"))));

        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new UnregisterRoom(Room("vault"))));

        Assert.Null(await ann.LookAsync(new FindRoom(Room("vault"))));
        Assert.Equal(Verdict.Accepted, await (await SignInAsync("Eve")).JoinAsync("vault"));
    }

    [Fact]
    public async Task A_founder_hands_a_room_over_and_stays_an_operator()
    {
        var ann = await RegisterAsync("Ann", "vault");
        var bob = await LoggedInAsync("Bob", "vault");

        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new TransferRoom(Room("vault"), TestSession.Login("Bob"))));

        await bob.MustSeeAsync("vault| Ann registered it to Bob: +Operator=Bob");
        var registration = (await bob.LookAsync(new FindRegistration(Room("vault"))))!.Registration;
        Assert.Equal(("Bob", "Ann"), (registration.Founder.Name.Value, Assert.Single(registration.Roles).Account.Name.Value));
        Assert.Equal(Verdict.NotFounder, await ann.AskAsync(new UnregisterRoom(Room("vault"))));
    }

    [Fact]
    public async Task A_registered_room_that_is_renamed_stays_registered_under_its_new_name()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.MustSetAsync("vault", RoomMode.Key, "sesame");
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("vault", "cellar"));
        await ann.SignOutAsync();

        Assert.Equal(Verdict.WrongKey, await (await SignInAsync("Eve")).JoinAsync("cellar"));
        Assert.Null(await Broker.LookAsync(SessionId.Server, new FindRegistration(Room("vault")), Token));
        Assert.Equal("Ann", (await Broker.LookAsync(SessionId.Server, new FindRegistration(Room("cellar")), Token))!.Registration.Founder.Name.Value);
        Assert.Equal(Verdict.Accepted, await (await SignInAsync("Bob")).JoinAsync("vault"));
        var other = await SignInAsync("Cyd", "barn");
        Assert.Equal(Verdict.RoomExists, await other.RenameRoomAsync("barn", "cellar"));
    }

    [Fact]
    public async Task A_secret_registered_room_that_is_empty_is_none_to_strangers()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.MustSetAsync("vault", RoomMode.Secret);
        await ann.MustSetAsync("vault", RoomMode.InviteOnly);
        Assert.Equal(Verdict.Accepted, await ann.LeaveAsync("vault"));
        var (eve, room) = (await LoggedInAsync("Eve"), Room("vault"));

        Assert.Equal(Verdict.NoSuchRoom, await eve.JoinAsync("vault"));
        Assert.Null(await eve.LookAsync(new FindRoom(room)));
        Assert.Null(await eve.LookAsync(new FindRegistration(room)));
        Assert.Empty((await eve.LookAsync(new ListRegistrations())).Items);
        Assert.Empty(await eve.RoomsAsync());
        Assert.Equal(Verdict.NoSuchRoom, await eve.PostAsync("vault", "x"));
        Assert.Equal(Verdict.NoSuchRoom, await eve.SetTopicAsync("vault", "x"));
        Assert.Equal(Verdict.NoSuchRoom, await eve.AskAsync(new RegisterRoom(room)));
        Assert.Equal(Verdict.NoSuchRoom, await eve.AskAsync(new UnregisterRoom(room)));
        Assert.Equal(Verdict.NoSuchRoom, await eve.AskAsync(new SetRole(room, TestSession.Login("Eve"), MemberRank.Operator)));
        Assert.Equal(Verdict.NoSuchRoom, await eve.AskAsync(new TransferRoom(room, TestSession.Login("Eve"))));
        Assert.Equal(Verdict.NoSuchRoom, await eve.AskAsync(new ClearAccess(room)));
        Assert.Equal("vault", Assert.Single((await ann.LookAsync(new ListRegistrations())).Items).Room.Value);
    }

    [Fact]
    public async Task A_secret_registered_room_is_none_to_somebody_with_a_voice_who_is_banned_from_it()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.MustSetAsync("vault", RoomMode.Secret);
        var (bob, room) = (await LoggedInAsync("Bob"), Room("vault"));
        await ann.AskAsync(new SetRole(room, TestSession.Login("Bob"), MemberRank.Voice));
        Assert.Equal(["vault"], await bob.RoomsAsync());

        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new BanFromRoom(room, NameOf("Bob"), Until: null)));

        Assert.Empty(await bob.RoomsAsync());
        Assert.Null(await bob.LookAsync(new FindRoom(room)));
        Assert.Null(await bob.LookAsync(new FindRegistration(room)));
        Assert.Empty((await bob.LookAsync(new ListRegistrations())).Items);
        Assert.Equal(Verdict.NoSuchRoom, await bob.JoinAsync("vault"));

        // Nobody is kept out by a ban who rules the room as well.
        await ann.AskAsync(new SetRole(room, TestSession.Login("Bob"), MemberRank.HalfOperator));
        Assert.Equal("vault", Assert.Single((await bob.LookAsync(new ListRegistrations())).Items).Room.Value);
        Assert.Equal(Verdict.Accepted, await bob.JoinAsync("vault"));
    }

    [Fact]
    public async Task Roles_are_shown_to_members_and_to_those_who_have_one()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.Voice));

        Assert.Single((await (await LoggedInAsync("Bob")).LookAsync(new FindRegistration(Room("vault"))))!.Registration.Roles);
        Assert.Single((await (await SignInAsync("Cyd", "vault")).LookAsync(new FindRegistration(Room("vault"))))!.Registration.Roles);
        Assert.Empty((await (await SignInAsync("Eve")).LookAsync(new FindRegistration(Room("vault"))))!.Registration.Roles);
    }

    [Fact]
    public async Task A_role_gives_its_rank_back_after_it_was_taken_and_lets_an_operator_give_others()
    {
        var ann = await RegisterAsync("Ann", "vault");
        var bob = await LoggedInAsync("Bob", "vault");
        var room = Room("vault");
        await ann.MustSetAsync("vault", RoomMode.Operator, "Ann", isAdding: false);

        Assert.Equal(Verdict.NotOperator, await bob.AskAsync(new SetRank(room, User("Bob"), MemberRank.Voice, IsAdding: true)));
        Assert.Equal(Verdict.TargetNotInRoom, await ann.AskAsync(new SetRank(room, User("Nobody"), MemberRank.Voice, IsAdding: true)));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new SetRank(room, User("ann"), MemberRank.Operator, IsAdding: true)));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new SetRank(room, User("Bob"), MemberRank.Voice, IsAdding: true)));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new SetRank(room, User("Bob"), MemberRank.Voice, IsAdding: true)));
        Assert.Equal(Verdict.Accepted, await bob.AskAsync(new SetRank(room, User("Bob"), MemberRank.Voice, IsAdding: false)));

        await bob.MustSeeAsync(
            "vault| Ann set -Operator=Ann", "vault| ChanServ set +Operator=Ann", "vault| ChanServ set +Voice=Bob", "vault| ChanServ set -Voice=Bob");
    }

    [Fact]
    public async Task Clearing_takes_all_masks_and_roles_and_the_founder_stays()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.MustSetAsync("vault", RoomMode.Ban, "eve!*@*");
        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.Operator));
        var bob = await LoggedInAsync("Bob", "vault");

        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new ClearAccess(Room("vault"))));

        await bob.MustSeeAsync("vault| Ann registered it to Ann: -Ban=eve!*@* -Operator=Bob");
        Assert.Empty((await ann.LookAsync(new FindRegistration(Room("vault"))))!.Registration.Roles);
    }

    [Fact]
    public async Task Of_an_account_that_is_removed_the_oldest_operator_has_the_rooms_or_else_they_are_registered_no_more()
    {
        var ann = await RegisterAsync("Ann", "vault");
        await ann.AskAsync(new SetRole(Room("vault"), TestSession.Login("Bob"), MemberRank.Operator));
        await ann.MustJoinAsync("barn");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new RegisterRoom(Room("barn"))));
        await ann.SignOutAsync();

        Assert.Equal(Verdict.NotOperator, await (await SignInAsync("Eve")).AskAsync(new ForgetAccount(TestSession.Login("Ann").Id)));
        Assert.Equal(Verdict.Accepted, (await Broker.AskAsync(SessionId.Server, new ForgetAccount(TestSession.Login("Ann").Id), Token)).Verdict);

        var left = Assert.Single((await Broker.LookAsync(SessionId.Server, new ListRegistrations(), Token)).Items);
        Assert.Equal(("vault", "Bob"), (left.Room.Value, left.Registration.Founder.Name.Value));
        Assert.Empty(left.Registration.Roles);
    }

    [Fact]
    public async Task The_server_registers_a_room_that_is_not_there_for_an_account()
    {
        Assert.Equal(Verdict.Accepted, (await Broker.AskAsync(SessionId.Server, new RegisterRoom(Room("vault")) { Founder = TestSession.Login("Ann") }, Token)).Verdict);
        Assert.Equal(Verdict.RoomRegistered, (await Broker.AskAsync(SessionId.Server, new RegisterRoom(Room("vault")) { Founder = TestSession.Login("Bob") }, Token)).Verdict);

        var eve = await SignInAsync("Eve", "vault");
        var ann = await LoggedInAsync("Ann", "vault");

        var view = (await ann.LookAsync(new FindRoom(Room("vault"))))!;
        Assert.Equal((MemberRank.None, MemberRank.Operator), (view.RankOf(eve.Session.User!.Id), view.RankOf(ann.Session.User!.Id)));
    }

    /// <summary>Brings in the founder of a room of its own.</summary>
    private async Task<TestSession> RegisterAsync(string name, string room)
    {
        var session = await LoggedInAsync(name, room);
        Assert.Equal(Verdict.Accepted, await session.AskAsync(new RegisterRoom(Room(room))));
        Assert.Equal($"{room}| {name} registered it to {name}: +Registered", await session.NextAsync());
        return session;
    }

    private async Task<TestSession> LoggedInAsync(string name, params string[] rooms)
    {
        var session = NewSession();
        Assert.Equal(Verdict.Accepted, await session.SignInAsync(name, new UserProfile { Login = TestSession.Login(name) }));
        return await JoinAsync(session, rooms);
    }

    private static UserName User(string name) => UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name));

    private static RoomName Room(string name) => RoomName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name));
}
