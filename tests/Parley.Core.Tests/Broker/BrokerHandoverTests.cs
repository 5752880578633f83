using System.Reflection;
using Parley.Core.Broker.Homes;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Nodes;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

/// <summary>The state of a broker goes into another one, as from one process to the next.</summary>
public sealed class BrokerHandoverTests
{
    private readonly TestBroker _before = new();
    private readonly TestBroker _after = new();

    [Fact]
    public async Task Everybody_is_where_they_were_and_is_shown_nothing_of_it()
    {
        var ann = await _before.SignInAsync("Ann", "main", "side");
        var bob = await _before.SignInAsync("Bob", "main");
        await ann.MustSeeAsync("main| Bob joined");
        await ann.MustPostAsync("main", "before");
        await bob.MustSeeAsync("main| Ann: before");
        ann.Waiting();

        var handover = await HandOverAsync();
        var (ann2, bob2) = (Adopt(handover, ann), Adopt(handover, bob));

        Assert.Empty(ann2.Waiting());
        Assert.Equal(["main", "side"], ann2.Session.Rooms.Select(room => room.Value));
        Assert.Equal(["main (2)", "side (1)"], await _after.RoomsAsync());
        await ann2.MustPostAsync("main", "after");
        await bob2.MustSeeAsync("main| Ann: after");
        await bob2.SignOutAsync("enough");
        await ann2.MustSeeAsync("main| Ann: after", "main| Bob quit (enough)");
        Assert.Empty(handover.Waiting);
    }

    [Fact]
    public async Task Rooms_are_as_they_were()
    {
        var ann = await _before.SignInAsync("Ann", "main");
        var bob = await _before.SignInAsync("Bob", "main");
        await _before.SignInAsync("Cem");
        await ann.MustSetAsync("main", RoomMode.Key, "sesame");
        await ann.MustSetAsync("main", RoomMode.Ban, "*!*@bad.example");
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.MustSetAsync("main", RoomMode.Slow, "60");
        Assert.Equal(Verdict.Accepted, await ann.SetTopicAsync("main", "as it was"));
        Assert.Equal(Verdict.Accepted, await ann.InviteAsync("main", "Cem"));
        Assert.Equal(Verdict.Accepted, await bob.PostAsync("main", "the last for a minute"));
        var (room, created) = (TestBroker.RoomOf(ann, "main"), TestBroker.RoomOf(ann, "main").HandOver().Room);

        var handover = await HandOverAsync();
        var (ann2, bob2) = (Adopt(handover, ann), Adopt(handover, bob));

        var now = TestBroker.RoomOf(ann2, "main").HandOver().Room;
        Assert.Equal(room.Life, TestBroker.RoomOf(ann2, "main").Life);
        Assert.Equivalent(created, now, strict: true);
        Assert.Equal(MemberRank.Operator, now.Members.Single(member => member.Actor.Name.Value == "Ann").Rank);
        Assert.Equal(Verdict.TooSoon, await bob2.PostAsync("main", "too soon, still"));
        Assert.Equal(Verdict.Accepted, await ann2.PostAsync("main", "operators need not wait"));
    }

    [Fact]
    public async Task A_ban_takes_an_invitation_back_that_was_made_before()
    {
        var ann = await _before.SignInAsync("Ann", "main");
        var bob = await _before.SignInAsync("Bob");
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.MustSetAsync("main", RoomMode.Secret);
        Assert.Equal(Verdict.Accepted, await ann.InviteAsync("main", "Bob"));
        var handover = await HandOverAsync();
        var (ann2, bob2) = (Adopt(handover, ann), Adopt(handover, bob));
        Assert.Equal(["main"], await bob2.InvitationsAsync());

        await ann2.MustSetAsync("main", RoomMode.Ban, "bob!*@*");

        Assert.Empty(await bob2.InvitationsAsync());
        Assert.Equal(Verdict.NoSuchRoom, await bob2.JoinAsync("main"));
    }

    [Fact]
    public async Task Whoever_is_put_out_takes_along_the_invitations_that_it_gave_before()
    {
        var ann = await _before.SignInAsync("Ann", "main");
        var eve = await _before.SignInAsync("Eve", "main");
        var bob = await _before.SignInAsync("Bob");
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.MustSetAsync("main", RoomMode.Operator, "Eve");
        Assert.Equal(Verdict.Accepted, await eve.InviteAsync("main", "Bob"));
        var handover = await HandOverAsync();
        var (ann2, bob2) = (Adopt(handover, ann), Adopt(handover, bob));
        Adopt(handover, eve);
        Assert.Equal("Bob by Eve", await ann2.GuestsAsync("main"));

        Assert.Equal(Verdict.Accepted, await ann2.KickAsync("main", "Eve"));

        Assert.Equal("", await ann2.GuestsAsync("main"));
        Assert.Equal(Verdict.InviteOnly, await bob2.JoinAsync("main"));
    }

    [Fact]
    public async Task People_are_who_they_were_and_are_told_of_those_whom_they_watch()
    {
        var ann = _before.NewSession();
        await ann.LogInAsync("Ann");
        await ann.WatchAsync("Bob");
        await ann.UpdateAsync(ann.Session.User!.Profile with { Away = "for lunch", RealName = "Ann O." });
        var user = ann.Session.User!;

        var handover = await HandOverAsync();
        var ann2 = Adopt(handover, ann);

        var now = ann2.Session.User!;
        Assert.Equal((user.Id, user.Name, user.SignedOn, user.LastSpoke), (now.Id, now.Name, now.SignedOn, now.LastSpoke));
        Assert.Equal(user.Profile, now.Profile);
        Assert.Equal(Verdict.NameTaken, await _after.NewSession().SignInAsync("Ann"));
        var phone = _after.NewSession();
        await phone.LogInAsync("Ann");
        Assert.Same(now, phone.Session.User);
        await _after.SignInAsync("Bob");
        Assert.NotEmpty(ann2.Waiting());
    }

    [Fact]
    public async Task Who_is_not_adopted_can_be_ended_by_a_session_that_stands_in()
    {
        var ann = await _before.SignInAsync("Ann", "main");
        var bob = _before.NewSession();
        await bob.LogInAsync("Bob");
        await bob.MustJoinAsync("main");
        ann.Waiting();

        var handover = await HandOverAsync();
        var ann2 = Adopt(handover, ann);

        var absent = Assert.Single(handover.Waiting);
        Assert.Equal(("Bob", false, false), (absent.Account!.Name.Value, absent.IsStandIn, absent.HasOthers));
        var gone = _after.NewSession();
        Assert.True(handover.TryAdopt(gone.Session, absent.Id));
        await gone.SignOutAsync("not back");
        await ann2.MustSeeAsync("main| Bob quit (not back)");
        Assert.False(handover.TryAdopt(_after.NewSession().Session, absent.Id));
    }

    [Fact]
    public async Task A_broker_that_was_handed_over_ends_nobody_any_more()
    {
        var ann = await _before.SignInAsync("Ann", "main");
        var bob = await _before.SignInAsync("Bob", "main");
        await ann.MustSeeAsync("main| Bob joined");
        await HandOverAsync();

        await bob.SignOutAsync("ends here");

        Assert.Empty(ann.Waiting());
    }

    [Fact]
    public async Task Numbers_go_on()
    {
        var ann = await _before.SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "one");
        var last = TestBroker.RoomOf(ann, "main").HandOver().Room.LastNumber;

        var handover = await HandOverAsync();
        var ann2 = Adopt(handover, ann);
        await ann2.MustPostAsync("main", "two");

        Assert.Equal(last + 1, TestBroker.RoomOf(ann2, "main").HandOver().Room.LastNumber);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_room_that_an_older_program_hands_over_has_had_those_who_are_in(bool isPoster, bool hasHadPeople)
    {
        var member = new RoomMember(new Actor(1, TestSession.Login("Ann").Name, new UserProfile { IsPoster = isPoster }), MemberRank.None);

        var room = RoomState.Restore(new RoomSnapshot(default, default, default) { Members = [member] });

        Assert.Equal(hasHadPeople, room.HasHadPeople);
    }

    // A field that is added here is one of the state too, or is made anew, and is lost by an upgrade: say which.
    [Fact]
    public void The_state_has_every_field_of_what_it_is_made_of()
    {
        AssertFields<User>(
            typeof(UserSnapshot), kept: "_name _profile _lastSpoke _values _version Id SignedOn", "_sessions _left _leftBefore Gate IsGone Going Renaming Ahead");
        AssertFields<RoomState>(
            typeof(RoomSnapshot), kept: "_members _masks _invited _values _numbers _set Name Created Number LastMessage HasHadPeople Version Topic Registration Key", "_filter");
        AssertFields<Session>(
            typeof(SessionSnapshot), kept: "_subscriptions _user FollowsAll HoldsRights IsStandIn Id",
            "_inFlight _privateFlavor _closeReason _quitReason Node Flavor Outbox Left Ended Queue IsSignedOut Proof");
        Assert.Equal("Created FormerNames Guests HasHadPeople Hosts Invited Key LastMessage LastNumber Life Lists Members Modes Name Numbers Registration Topic Values Version", Names(typeof(RoomSnapshot)));
        Assert.Equal("Id LastSpoke Name Profile SignedOn Values Version", Names(typeof(UserSnapshot)));
        Assert.Equal("FollowsAll HoldsRights Id IsStandIn Rooms User Watched", Names(typeof(SessionSnapshot)));
        Assert.Equal("MaxUsers Rooms Sessions Users", Names(typeof(BrokerSnapshot)));
        Assert.Equal("Room Spoke", Names(typeof(HandedRoom)));
    }

    private static void AssertFields<T>(Type state, string kept, string anew)
    {
        var fields = typeof(T).GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .Select(field => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name);
        Assert.Equal(
            (kept + " " + anew).Split(' ').Order(StringComparer.Ordinal),
            fields.Where(name => name is not ("name" or "created")).Order(StringComparer.Ordinal));
        Assert.NotEmpty(Names(state));
    }

    private static string Names(Type type)
        => string.Join(' ', type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => property.Name).Order(StringComparer.Ordinal));

    private async Task<BrokerHandover> HandOverAsync()
    {
        await _before.Broker.StopAsync();
        var state = new BrokerHandover(_before.Broker).Take();
        var handover = new BrokerHandover(_after.Broker);
        await handover.RestoreAsync(state, TestContext.Current.CancellationToken);
        return handover;
    }

    private TestSession Adopt(BrokerHandover handover, TestSession known)
    {
        var session = _after.NewSession();
        Assert.True(handover.TryAdopt(session.Session, known.Session.Id.Value));
        return session;
    }
}
