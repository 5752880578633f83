using System.IO.Pipelines;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Mirror;
using Parley.Core.Names;
using Parley.Core.Nodes;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Specification;

namespace Parley.Core.Tests.Mirror;

/// <summary>An event about a user in several rooms is shown once, whichever home tells of it, and each numbers such events from one.</summary>
public sealed class MirrorAudienceTests
{
    private static readonly DateTimeOffset Time = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ann = new(1, Name("Ann"));
    private static readonly Actor Bob = new(2, Name("Bob"));
    private static readonly Actor Rob = new(2, Name("Rob"));
    private static readonly Actor Cyd = new(3, Name("Cyd"));

    private readonly MirrorBroker _mirror = new(PipeScheduler.Inline, keepsHistory: false, node: 1, TimeProvider.System);
    private readonly TestSession _ann;

    public MirrorAudienceTests() => _ann = new TestSession(_mirror);

    [Fact]
    public async Task Events_of_one_home_with_one_number_are_one()
    {
        await BeginAsync();

        await TakeAsync(new Happened(Life("one"), new UserQuit(Room("one"), 1, Time, Bob, ""), Audience: 7), new Happened(Life("two"), new UserQuit(Room("two"), 1, Time, Bob, ""), Audience: 7));
        await TakeAsync(new Happened(Life("one"), new UserQuit(Room("one"), 2, Time, Cyd, ""), Audience: 8));

        Assert.Equal(["one| Bob quit", "one| Cyd quit"], _ann.Waiting());
    }

    [Fact]
    public async Task Events_of_two_homes_that_happen_to_have_one_number_are_two()
    {
        await BeginAsync();
        await TakeAsync(new Happened(Life("one"), new UserQuit(Room("one"), 1, Time, Bob, ""), Audience: 7));
        Assert.Equal(["one| Bob quit"], _ann.Waiting());

        _mirror.Leave();
        _mirror.Greet(_ => { });
        await TakeAsync(new Adopted(), new Happened(Life("one"), new UserQuit(Room("one"), 2, Time, Cyd, ""), Audience: 7));

        Assert.Equal(["one| Cyd quit"], _ann.Waiting());
    }

    [Fact]
    public async Task Somebody_who_has_another_name_for_each_of_two_homes_is_told_of_twice_and_not_in_each_room()
    {
        await BeginAsync();
        await TakeAsync(Resync(Snapshot("one", Ann, Rob, Cyd), []), Resync(Snapshot("two", Ann, Rob, Cyd), []));
        Assert.Equal(["one| Bob is now Rob"], _ann.Waiting());

        _mirror.Leave();
        _mirror.Greet(_ => { });
        await TakeAsync(Resync(Snapshot("one", Ann, Bob, Cyd), []), Resync(Snapshot("two", Ann, Bob, Cyd), []));
        Assert.Equal(["one| Rob is now Bob"], _ann.Waiting());
    }

    /// <summary>Ann is in two rooms with Bob and Cyd.</summary>
    private async Task BeginAsync()
    {
        _mirror.Greet(_ => { });
        await TakeAsync(
            new Adopted(),
            new UserIs(_ann.Session.Id, new UserSnapshot(1, Ann.Name, UserProfile.Unknown, Time)),
            new Seated(_ann.Session.Id, Life("one"), Ann, Snapshot("one", Ann, Bob, Cyd)),
            new Seated(_ann.Session.Id, Life("two"), Ann, Snapshot("two", Ann, Bob, Cyd)));
        _ann.Waiting();
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
