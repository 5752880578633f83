using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task A_stand_in_keeps_its_user_in_rooms_and_away_without_rights_until_somebody_is_back()
    {
        var ann = await LogInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.UpdateAsync(new UserProfile { Login = TestSession.Login("Ann"), Rights = ServerRights.All });
        await bob.NextAsync();
        var standIn = await StandInAsync("Ann", "main");

        await ann.SignOutAsync();
        await bob.MustSeeAsync("main| Ann was user@parley as Ann and is user@parley away (Not connected) as Ann");
        Assert.Equal(["Ann", "Bob"], await MembersAsync("main"));
        var away = (await Broker.LookAsync(SessionId.Server, new FindUser(NameOf("Ann")), Token))!.Actor.Profile;
        Assert.Equal(ServerRights.None, away.Rights);

        var back = await LogInAsync("Ann");
        await bob.MustSeeAsync("main| Ann was user@parley away (Not connected) as Ann and is user@parley as Ann");
        Assert.Equal(Verdict.Accepted, await back.FollowAsync("main"));
        await back.MustPostAsync("main", "hi");
        await bob.MustSeeAsync("main| Ann: hi");
        Assert.Equal(standIn.Session.User!.Id, back.Session.User!.Id);
    }

    [Fact]
    public async Task The_host_of_an_operator_goes_with_the_rights()
    {
        var ann = await LogInAsync("Ann", "main");
        await ann.UpdateAsync(new UserProfile { Login = TestSession.Login("Ann"), Rights = ServerRights.All, Host = "staff.example", OwnHost = "home.example" });
        await StandInAsync("Ann", "main");

        await ann.SignOutAsync();

        var profile = (await Broker.LookAsync(SessionId.Server, new FindUser(NameOf("Ann")), Token))!.Actor.Profile;
        Assert.Equal(("home.example", null), (profile.Host, profile.OwnHost));
    }

    [Fact]
    public async Task Whoever_is_away_of_its_own_stays_so_for_the_reason_that_it_gave()
    {
        var ann = await LogInAsync("Ann", "main");
        await StandInAsync("Ann", "main");
        await ann.UpdateAsync(new UserProfile { Login = TestSession.Login("Ann"), Away = "lunch" });

        await ann.SignOutAsync();
        var back = await LogInAsync("Ann");

        Assert.Equal("lunch", back.Session.User!.Profile.Away);
    }

    [Fact]
    public async Task A_stand_in_rules_no_room_for_being_the_first_but_where_its_user_did()
    {
        await StandInAsync("Ann", "main");
        var bob = await StandInAsync("Bob", "other");
        Assert.Equal(Verdict.Accepted, await bob.AskAsync(new Join(Room("main")) { Had = MemberRank.Operator }));
        var eve = NewSession();
        Assert.Equal(Verdict.Accepted, await eve.SignInAsync("Eve"));
        Assert.Equal(Verdict.Accepted, await eve.AskAsync(new Join(Room("main")) { Had = MemberRank.Operator }));

        var members = (await Broker.LookAsync(SessionId.Server, new FindRoom(Room("main")), Token))!.Members;
        Assert.Equal(["Ann None", "Bob Operator", "Eve None"], members.Select(member => $"{member.Actor.Name} {member.Rank}").Order());
    }

    [Fact]
    public async Task A_user_that_has_a_stand_in_first_is_away_from_the_first_moment()
    {
        await StandInAsync("Ann", "main");

        Assert.Equal("Not connected", (await Broker.LookAsync(SessionId.Server, new FindUser(NameOf("Ann")), Token))!.Actor.Profile.Away);
        Assert.Equal(["Ann"], await MembersAsync("main"));
    }

    [Fact]
    public async Task A_stand_in_that_is_dismissed_or_whose_user_is_disconnected_is_to_end()
    {
        var ann = await LogInAsync("Ann", "main");
        var (first, second) = (await StandInAsync("Ann", "main"), await StandInAsync("Ann", "main"));

        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new DismissStandIns()));

        await first.ReachedAsync();
        await second.ReachedAsync();
        Assert.Equal(("Not connected", "Not connected", null), (first.Session.CloseReason, second.Session.CloseReason, ann.Session.CloseReason));
    }

    [Fact]
    public async Task The_server_ends_the_sessions_of_an_account_but_for_some_and_for_its_stand_ins()
    {
        var (first, second, bob) = (await LogInAsync("Ann", "main"), await LogInAsync("Ann"), await LogInAsync("Bob", "main"));
        var standIn = await StandInAsync("Ann", "main");
        var account = TestSession.Login("Ann").Id;
        Assert.Equal(Verdict.NotOperator, await bob.AskAsync(new EndSessions(account, [], "Out", "Out")));

        Assert.Equal(Verdict.Accepted, (await Broker.AskAsync(SessionId.Server, new EndSessions(account, [second.Session.Id.Value], "Log in anew", "Logged out"), Token)).Verdict);

        await first.ReachedAsync();
        Assert.Equal(("Log in anew", null, null, null), (first.Session.CloseReason, second.Session.CloseReason, standIn.Session.CloseReason, bob.Session.CloseReason));
    }

    [Fact]
    public async Task The_server_ends_the_sessions_of_those_whom_a_ban_is_about()
    {
        var (ann, bob, cyd) = (await LogInAsync("Ann", "main"), await SignInAsync("Bob", "main"), await SignInAsync("Cyd", "main"));
        var guest = (await Broker.LookAsync(SessionId.Server, new FindUser(NameOf("Bob")), Token))!.Actor;

        await EndAsync(person: Identity.Of(TestSession.Login("Ann").Id));
        await EndAsync(person: guest.Identity);
        await ann.ReachedAsync();
        await bob.ReachedAsync();
        Assert.Equal(("Banned", "Banned", null), (ann.Session.CloseReason, bob.Session.CloseReason, cyd.Session.CloseReason));

        await EndAsync();
        await cyd.ReachedAsync();
        Assert.Null(cyd.Session.CloseReason);

        await EndAsync(mask: "c*!*@*");
        await cyd.ReachedAsync();
        Assert.Equal("Banned", cyd.Session.CloseReason);

        async Task EndAsync(Identity person = default, string mask = "")
            => Assert.Equal(Verdict.Accepted, (await Broker.AskAsync(SessionId.Server, new EndSessions(default, [], "Banned", "Banned") { Person = person, Mask = mask }, Token)).Verdict);
    }

    private async Task<TestSession> StandInAsync(string name, string room)
    {
        var session = NewSession();
        session.Session.IsStandIn = true;
        Assert.Equal(Verdict.Accepted, await session.AskAsync(new SignIn(NameOf(name), new UserProfile { Login = TestSession.Login(name) }) { IsStandIn = true }));
        await session.MustFollowAllAsync();
        Assert.Equal(Verdict.Accepted, await session.JoinAsync(room));
        return session;
    }
}
