using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Xunit;

namespace Parley.Core.Tests.Rooms;

/// <summary>The policy of rooms, asked without a broker.</summary>
public sealed class RoomPolicyTests
{
    private static readonly Actor Ann = Person(1, "Ann");
    private static readonly Actor Bob = Person(2, "Bob");
    private static readonly Actor Root = Person(3, "Root", new UserProfile { Rights = ServerRights.All });
    private static readonly Actor Ivy = Person(4, "Ivy", new UserProfile { IsInvisible = true });

    private readonly RoomState _state = new(RoomOf("cellar"), DateTimeOffset.UnixEpoch);

    public RoomPolicyTests()
    {
        Fold(new UserJoined(_state.Name, 1, default, Ann, MemberRank.Operator));
        Fold(new UserJoined(_state.Name, 2, default, Ivy));
    }

    [Theory]
    [InlineData(null, RoomSight.Members)]
    [InlineData(RoomMode.InviteOnly, RoomSight.Members)]
    [InlineData(RoomMode.Private, RoomSight.Outline)]
    [InlineData(RoomMode.Secret, RoomSight.None)]
    public void A_stranger_sees_what_the_modes_let_it_see(RoomMode? mode, RoomSight sight)
    {
        Set(mode);

        Assert.Equal(sight, new RoomPolicy(_state).SightOf(Viewer.Of(Bob)));
        Assert.Equal(sight, new RoomPolicy(_state).SightOf(Viewer.Anybody));
        Assert.All([Viewer.Of(Ann), Viewer.Of(Root), Viewer.Server], viewer => Assert.Equal(RoomSight.Inside, new RoomPolicy(_state).SightOf(viewer)));
    }

    [Fact]
    public void Of_more_invitations_than_are_kept_the_oldest_is_over()
    {
        var guests = Enumerable.Range(0, RoomState.MaxInvitations + 1).Select(i => Person(5000 - i, $"Guest{i}")).ToList();
        for (var i = 0; i < guests.Count; i++)
        {
            Fold(new UserInvited(_state.Name, 3 + i, DateTimeOffset.UnixEpoch.AddSeconds(i), Ann, guests[i], Admits: true));
        }

        Assert.Equal(RoomState.MaxInvitations, _state.Invitations.Count);
        Assert.False(_state.IsInvited(guests[0].UserId));
        Assert.True(_state.IsInvited(guests[1].UserId));
    }

    [Fact]
    public void A_view_holds_nothing_beyond_its_sight()
    {
        Fold(new ModesChanged(_state.Name, 3, default, Ann, [new(IsAdding: true, RoomMode.Key, "sesame")]));
        Fold(new ValueChanged(_state.Name, 4, default, Ann, "color", "blue"));

        var outside = new RoomPolicy(_state).ViewFor(Viewer.Of(Bob), key: null)!;
        var inside = new RoomPolicy(_state).ViewFor(Viewer.Of(Ann), key: null)!;
        Set(RoomMode.Private);
        var outline = new RoomPolicy(_state).ViewFor(Viewer.Of(Bob), key: null)!;
        Set(RoomMode.Secret);

        Assert.Equal((true, null, 0), (outside.HasKey, outside.Key, outside.Values.Count));
        Assert.Equal(["Ann"], outside.Members.Select(member => member.Actor.Name.Value));
        Assert.Equal((true, "sesame", 1, 2), (inside.HasKey, inside.Key, inside.Values.Count, inside.Members.Count));
        Assert.Empty(outline.Members);
        Assert.Null(new RoomPolicy(_state).ViewFor(Viewer.Of(Bob), key: "wrong"));
        Assert.Equal(RoomSight.Outline, new RoomPolicy(_state).ViewFor(Viewer.Of(Bob), key: "sesame")!.Sight);
    }

    [Fact]
    public void The_right_to_see_what_is_hidden_opens_no_door_and_an_outline_has_no_lists()
    {
        Fold(new ModesChanged(_state.Name, 3, default, Ann, [new(IsAdding: true, RoomMode.Key, "sesame"), new(IsAdding: true, RoomMode.Ban, "eve!*@*"), new(IsAdding: true, RoomMode.Private)]));
        var policy = new RoomPolicy(_state);
        var watcher = Person(9, "Sam", new UserProfile { Rights = ServerRights.SeeHidden });

        Assert.Equal((RoomSight.Inside, null), (policy.ViewFor(Viewer.Of(watcher), key: null)!.Sight, policy.ViewFor(Viewer.Of(watcher), key: null)!.Key));
        Assert.All([Viewer.Of(Ann), Viewer.Of(Root), Viewer.Server], viewer => Assert.Equal("sesame", policy.ViewFor(viewer, key: null)!.Key));
        Assert.Empty(policy.ViewFor(Viewer.Of(Bob), key: null)!.Lists);
        Assert.Single(policy.ViewFor(Viewer.Of(Ann), key: null)!.Lists);
    }

    [Fact]
    public void Of_a_room_that_it_may_not_know_of_every_refusal_is_the_same()
    {
        Set(RoomMode.Secret);
        Set(RoomMode.Moderated);
        Fold(new ModesChanged(_state.Name, 9, default, Ann, [new(IsAdding: true, RoomMode.Ban, "*!*@*"), new(IsAdding: true, RoomMode.Key, "sesame"), new(IsAdding: false, RoomMode.MembersOnly)]));
        var policy = new RoomPolicy(_state);

        Assert.All(
            [
                policy.RefusesEntry(Bob, key: null), policy.RefusesEntry(Bob, "sesame"), policy.RefusesSpeech(Bob, follows: false), policy.RefusesTopic(Bob),
                policy.RefusesValues(Bob), policy.RefusesKick(Bob, Ann.UserId), policy.RefusesRenaming(Bob), policy.RefusesInvitation(Bob, Root.UserId, now: default),
                policy.RefusesRedactions(Bob), policy.RefusesMode(Bob, new RoomModeChange(IsAdding: true, RoomMode.Secret)), policy.Outside(Bob),
            ],
            refusal => Assert.Equal(Verdict.NoSuchRoom, refusal));
    }

    [Fact]
    public void Whoever_does_not_want_to_be_found_is_seen_by_members_only()
    {
        Assert.False(UserPolicy.ShowsPlace(Viewer.Of(Bob), Ivy, _state));
        Assert.True(UserPolicy.ShowsPlace(Viewer.Of(Bob), Ann, _state));
        Assert.All([Viewer.Of(Ann), Viewer.Of(Ivy), Viewer.Of(Root)], viewer => Assert.True(UserPolicy.ShowsPlace(viewer, Ivy, _state)));
        Assert.False(UserPolicy.ShowsInLists(Viewer.Of(Bob), Ivy, shareRoom: false));
        Assert.True(UserPolicy.ShowsInLists(Viewer.Of(Bob), Ivy, shareRoom: true));
    }

    private void Set(RoomMode? mode)
    {
        if (mode is { } flag)
        {
            Fold(new ModesChanged(_state.Name, _state.Number + 1, default, Ann, [new(IsAdding: true, flag)]));
        }
    }

    private void Fold(RoomEvent entry) => _state.Fold(entry);

    private static Actor Person(long id, string name, UserProfile? profile = null)
    {
        Assert.True(UserName.TryParse(name, out var parsed));
        return new Actor(id, parsed, profile);
    }

    private static RoomName RoomOf(string name)
    {
        Assert.True(RoomName.TryParse(name, out var room));
        return room;
    }
}
