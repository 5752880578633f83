using System.IO.Pipelines;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Mirror;
using Parley.Core.Names;
using Parley.Core.Nodes;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Specification;

namespace Parley.Core.Tests.Mirror;

/// <summary>Whatever a node has missed, to its people a user has one name in all rooms, and no name is worn twice. A home tells of one room after the other.</summary>
public sealed class MirrorNameTests
{
    private static readonly DateTimeOffset Time = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ann = new(1, Name("Ann"));
    private static readonly Actor Bob = new(2, Name("Bob"));
    private static readonly Actor Rob = new(2, Name("Rob"));
    private static readonly Actor Cyd = new(3, Name("Cyd"));
    private static readonly Actor Dan = new(4, Name("Dan"));

    private readonly MirrorBroker _mirror = new(PipeScheduler.Inline, keepsHistory: false, node: 1, TimeProvider.System);
    private readonly TestSession _ann;
    private readonly TestSession _dan;

    public MirrorNameTests() => (_ann, _dan) = (new TestSession(_mirror), new TestSession(_mirror));

    [Fact]
    public async Task A_name_that_has_gone_to_somebody_else_is_nobodys_in_any_room_before_that_one_comes()
    {
        await BeginAsync();

        await TakeAsync(Resync(Snapshot("one", Ann, Cyd, Bob with { UserId = 9 }), []), Resync(Snapshot("two", Ann, Cyd, Rob, Dan), []));

        Assert.Equal(["one| Bob left (Connection lost)", "two| Bob left (Connection lost)", "one| Bob joined", "two| Rob joined"], _ann.Waiting());
    }

    [Fact]
    public async Task Names_that_have_gone_from_one_to_the_next_are_told_in_an_order_in_which_none_is_worn_twice()
    {
        await BeginAsync();

        await TakeAsync(Resync(Snapshot("one", Ann, Bob with { Name = Cyd.Name }, Cyd with { Name = Name("Don") }), []));

        Assert.Equal(["one| Cyd is now Don", "one| Bob is now Cyd"], _ann.Waiting());
    }

    [Fact]
    public async Task Two_who_have_changed_names_with_each_other_are_never_seen_under_one()
    {
        await BeginAsync();

        await TakeAsync(Resync(Snapshot("one", Ann, Bob with { Name = Cyd.Name }, Cyd with { Name = Bob.Name }), []));

        Assert.Equal(
            ["one| Bob left (Connection lost)", "two| Bob left (Connection lost)", "one| Cyd is now Bob", "one| Cyd joined"],
            _ann.Waiting());
    }

    [Fact]
    public async Task Who_has_another_name_in_one_room_leaves_another_under_that()
    {
        await BeginAsync();
        await TakeAsync(Resync(Snapshot("one", Ann, Rob, Cyd), []));
        Assert.Equal(["two| Bob is now Rob"], _dan.Waiting());

        await TakeAsync(Resync(Snapshot("two", Ann, Cyd, Dan), []), new Adopted());

        Assert.Equal(["one| Bob is now Rob", "two| Rob left (Connection lost)"], _ann.Waiting());
        Assert.Equal(["two| Rob left (Connection lost)"], _dan.Waiting());
    }

    [Fact]
    public async Task Who_is_lost_is_so_under_the_name_that_another_room_has_told_of()
    {
        await BeginAsync();
        await TakeAsync(Resync(Snapshot("one", Ann, Rob), []));

        // Of a room that came later: Rob has left that one, and somebody else is Rob by now.
        await TakeAsync(new Seated(_ann.Session.Id, Life("three"), Ann, Snapshot("three", Ann, Rob with { UserId = 9 })));

        Assert.Equal(
            ["one| Bob is now Rob", "one| Cyd left (Connection lost)", "one| Rob left (Connection lost)", "two| Rob left (Connection lost)", "three| welcome Ann"],
            _ann.Waiting());
    }

    [Fact]
    public async Task A_name_is_spelled_anew_in_all_rooms_at_once()
    {
        await BeginAsync();

        await TakeAsync(Resync(Snapshot("one", Ann, Bob with { Name = Name("BOB") }, Cyd), []));

        Assert.Equal(["one| Bob is now BOB"], _ann.Waiting());
        Assert.Equal(["two| Bob is now BOB"], _dan.Waiting());
    }

    [Fact]
    public async Task What_was_missed_in_a_room_comes_before_a_name_that_another_room_shows_first()
    {
        await BeginAsync();
        var missed = new HistoryEntry(Room("one"), 5, Time, Bob.Name, default, MessageKind.Text, "as Bob"u8.ToArray());

        await TakeAsync(Resync(Snapshot("one", Ann, Rob, Cyd), [missed]), Resync(Snapshot("two", Ann, Rob, Cyd, Dan), []));

        Assert.Equal(["one| Bob: as Bob", "one| Bob is now Rob"], _ann.Waiting());
    }

    [Fact]
    public async Task Who_takes_a_name_while_the_home_tells_of_rooms_has_it_in_all_of_them()
    {
        await BeginAsync();
        await TakeAsync(
            Resync(Snapshot("one", Ann, Bob, Cyd), []),
            new Happened(Life("one"), new UserRenamed(Room("one"), 3, Time, Bob, Rob.Name)));
        Assert.Equal(["one| Bob is now Rob"], _ann.Waiting());
        Assert.Equal(["two| Bob is now Rob"], _dan.Waiting());

        await TakeAsync(Resync(Snapshot("two", Ann, Cyd, Dan), []));

        Assert.Equal(["two| Rob left (Connection lost)"], _ann.Waiting());
        Assert.Equal(["two| Rob left (Connection lost)"], _dan.Waiting());
    }

    [Fact]
    public async Task A_name_that_is_told_of_and_then_happens_is_shown_once()
    {
        await BeginAsync();
        await TakeAsync(
            Resync(Snapshot("one", Ann, Bob, Cyd), []),
            Resync(Snapshot("two", Ann, Rob, Cyd, Dan), []),
            new Happened(Life("one"), new UserRenamed(Room("one"), 3, Time, Bob, Rob.Name), Audience: 7));

        Assert.Equal(["one| Bob is now Rob"], _ann.Waiting());
        Assert.Equal(["two| Bob is now Rob"], _dan.Waiting());
    }

    [Fact]
    public async Task Who_quits_while_the_home_tells_of_rooms_leaves_none_of_them_afterwards()
    {
        await BeginAsync();
        await TakeAsync(
            Resync(Snapshot("one", Ann, Rob, Cyd), []),
            new Happened(Life("one"), new UserQuit(Room("one"), 3, Time, Rob, "bye")),
            Resync(Snapshot("two", Ann, Cyd, Dan), []));

        Assert.Equal(["one| Bob is now Rob", "one| Rob quit (bye)"], _ann.Waiting());
        Assert.Equal(["two| Bob is now Rob", "two| Rob quit (bye)"], _dan.Waiting());
    }

    [Fact]
    public async Task Who_comes_while_the_home_tells_of_rooms_comes_under_a_name_that_nobody_wears()
    {
        await BeginAsync();
        await TakeAsync(
            Resync(Snapshot("one", Ann, Cyd), []),
            new Happened(Life("one"), new UserJoined(Room("one"), 3, Time, Bob with { UserId = 9 }, MemberRank.None)));

        Assert.Equal(["one| Bob left (Connection lost)", "two| Bob left (Connection lost)", "one| Bob joined"], _ann.Waiting());
        Assert.Equal(["two| Bob left (Connection lost)"], _dan.Waiting());
    }

    [Fact]
    public async Task A_user_has_one_profile_in_all_rooms_and_its_own_sessions_are_told_by_themselves()
    {
        await BeginAsync();
        var away = new UserProfile { Ident = "ann", Host = "home", Away = "tea" };

        await TakeAsync(
            Resync(Snapshot("one", Ann with { KnownProfile = away }, Bob with { KnownProfile = away }, Cyd), []),
            Resync(Snapshot("two", Ann with { KnownProfile = away }, Bob with { KnownProfile = away }, Cyd, Dan), []));

        Assert.Equal(["one| Bob was user@parley and is ann@home away (tea)"], _ann.Waiting());
        Assert.Equal(["two| Ann was user@parley and is ann@home away (tea)", "two| Bob was user@parley and is ann@home away (tea)"], _dan.Waiting());
    }

    [Fact]
    public async Task Topic_modes_ranks_and_values_are_told_as_far_as_they_have_changed()
    {
        await BeginAsync();
        var now = Snapshot("one", Ann, Bob, Cyd) with
        {
            Topic = new RoomTopic("tea", "Bob", Time),
            Values = new Dictionary<string, string> { ["color"] = "red" },
            Key = "secret",
            Members = [new RoomMember(Ann, MemberRank.None), new RoomMember(Bob, MemberRank.Operator), new RoomMember(Cyd, MemberRank.None)],
        };

        await TakeAsync(Resync(now, []), Resync(now with { Values = new Dictionary<string, string>() }, []));

        Assert.Equal(
            [
                "one| ChanServ set +Operator=Bob", "one| ChanServ set the topic 'tea'", "one| ChanServ set color to 'red'", "one| ChanServ set +Key=secret",
                "one| ChanServ set color to ''",
            ],
            _ann.Waiting());
    }

    /// <summary>Ann is in two rooms with Bob and Cyd, and Dan in the second of them.</summary>
    private async Task BeginAsync()
    {
        _mirror.Greet(_ => { });
        await TakeAsync(
            new Adopted(),
            new UserIs(_ann.Session.Id, new UserSnapshot(1, Ann.Name, UserProfile.Unknown, Time)),
            new UserIs(_dan.Session.Id, new UserSnapshot(4, Dan.Name, UserProfile.Unknown, Time)),
            new Seated(_ann.Session.Id, Life("one"), Ann, Snapshot("one", Ann, Bob, Cyd)),
            new Seated(_ann.Session.Id, Life("two"), Ann, Snapshot("two", Ann, Bob, Cyd, Dan)),
            new Seated(_dan.Session.Id, Life("two"), Dan, State: null));
        _ann.Waiting();
        _dan.Waiting();
    }

    private async Task TakeAsync(params NodeEvent[] events)
    {
        foreach (var each in events)
        {
            await _mirror.TakeAsync(each);
        }
    }

    private static Resynced Resync(RoomSnapshot room, IReadOnlyList<HistoryEntry> missed) => new(room, missed, room.Life);

    private static RoomSnapshot Snapshot(string room, params Actor[] members)
        => new(Room(room), Life(room), Time) { Members = [.. members.Select(member => new RoomMember(member, MemberRank.None))] };

    private static RoomLife Life(string room) => new(room.Length + room[0]);

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    private static UserName Name(string name) => UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name));
}
