using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task A_new_profile_is_told_to_whoever_shares_a_room_and_to_its_own_sessions_once()
    {
        var ann = await SignInAsync("Ann", "one", "two");
        var bob = await SignInAsync("Bob", "two", "one");
        await ann.NextAsync(2);

        Assert.Equal(Verdict.Accepted, await ann.UpdateAsync(new UserProfile { Away = "tea" }));
        await ann.MustPostAsync("one", "end");

        var told = await bob.NextAsync();
        Assert.EndsWith("| Ann was user@parley and is user@parley away (tea)", told, StringComparison.Ordinal);
        await bob.MustSeeAsync("one| Ann: end");
        await ann.MustSeeAsync("-| Ann was user@parley and is user@parley away (tea)", "one| Ann: end");
    }

    [Fact]
    public async Task What_another_session_of_the_user_has_changed_meanwhile_stays()
    {
        var bob = await SignInAsync("Bob", "main");
        var seen = new UserProfile { Login = TestSession.Login("Ann"), Rights = ServerRights.All, Host = "staff", OwnHost = "home" };
        var (desk, phone) = (NewSession(), NewSession());
        await desk.SignInAsync("Ann", seen);
        await phone.SignInAsync("Ann", seen);
        await desk.JoinAsync("main");

        // The phone has not heard of it yet when it says that it is away.
        Assert.Equal(Verdict.Accepted, await desk.AskAsync(new UpdateProfile(seen.WithoutRights(), seen)));
        Assert.Equal(Verdict.Accepted, await phone.AskAsync(new UpdateProfile(seen with { Away = "tea" }, seen)));

        var profile = Assert.Single((await ViewAsync("main"))!.Members, member => member.Actor.Name.Value == "Ann").Actor.Profile;
        Assert.Equal((ServerRights.None, "home", null, "tea"), (profile.Rights, profile.Host, profile.OwnHost, profile.Away));
        await bob.MustPostAsync("main", "end");
    }

    [Fact]
    public async Task Rooms_and_users_show_the_profile_as_it_is_now()
    {
        var ann = NewSession();
        await ann.SignInAsync("Ann", new UserProfile { Ident = "ann", Host = "home" });
        await ann.JoinAsync("main");

        await ann.UpdateAsync(new UserProfile { Ident = "ann", Host = "away", Login = TestSession.Login("annie") });

        var member = Assert.Single((await ViewAsync("main"))!.Members).Actor;
        Assert.Equal(("away", "annie"), (member.Profile.Host, member.Profile.Account.Value));
        var user = (await Broker.LookAsync(SessionId.Server, new FindUser(NameOf("ANN")), Token))!;
        Assert.Equal("away", user.Actor.Profile.Host);
        Assert.Equal(["main"], user.Rooms.Select(room => room.Room.Value));
        Assert.Equal(["Ann"], (await Broker.LookAsync(SessionId.Anybody, new ListUsers(), Token)).Items.Select(each => each.Name.Value));
    }

    [Fact]
    public async Task A_ban_holds_against_the_profile_as_it_is_now()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", Core.Events.RoomMode.Ban, "*!*@bad");

        Assert.Equal(Verdict.Accepted, await bob.PostAsync("main", "fine"));
        await bob.UpdateAsync(new UserProfile { Host = "bad" });
        Assert.Equal(Verdict.MaySayNothing, await bob.PostAsync("main", "hush"));
    }

    [Fact]
    public async Task Nobody_is_found_who_is_not_here()
    {
        var ann = await SignInAsync("Ann");
        await ann.SignOutAsync();

        Assert.Null(await Broker.LookAsync(SessionId.Server, new FindUser(NameOf("Ann")), Token));
        Assert.Equal(Verdict.SignedOut, await ann.UpdateAsync(new UserProfile()));
    }

    [Fact]
    public async Task Disconnecting_a_user_asks_all_its_sessions_to_end()
    {
        var ann = await LogInAsync("Ann", "main");
        var phone = await LogInAsync("Ann");

        Assert.Equal(Verdict.Accepted, (await Broker.AskAsync(SessionId.Server, new Disconnect(NameOf("ann"), "enough"), Token)).Verdict);
        Assert.Equal(Verdict.NotHere, (await Broker.AskAsync(SessionId.Server, new Disconnect(NameOf("nobody"), "enough"), Token)).Verdict);

        await ann.ReachedAsync();
        await phone.ReachedAsync();
        Assert.Equal(("enough", "enough"), (ann.Session.CloseReason, phone.Session.CloseReason));
    }

    private static UserName NameOf(string name)
    {
        Assert.True(UserName.TryParse(name, out var parsed));
        return parsed;
    }
}
