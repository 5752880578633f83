using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>A whole room at one moment, as data: what another node needs in order to know the same room from then on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Life">Its life.</param>
/// <param name="Created">When it was made, UTC.</param>
internal sealed record RoomSnapshot(RoomName Name, RoomLife Life, DateTimeOffset Created)
{
    /// <summary>The number of the last event that was shown.</summary>
    public long LastNumber { get; init; }

    /// <summary>The number of the last message of history that was shown.</summary>
    public long LastMessage { get; init; }

    /// <summary>True if there has been anybody in it but programs that only post. An older node does not tell.</summary>
    public bool HasHadPeople { get; init; }

    /// <summary>Number of the events that have changed it.</summary>
    public long Version { get; init; }

    /// <summary>The modes that are set, one bit each.</summary>
    public int Modes { get; init; }

    /// <summary>Topic of the room; null for none.</summary>
    public RoomTopic? Topic { get; init; }

    /// <summary>Its registration; null for none.</summary>
    public RoomRegistration? Registration { get; init; }

    /// <summary>Its key; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The modes that have a number, with that.</summary>
    public IReadOnlyDictionary<RoomMode, int> Numbers { get; init; } = new Dictionary<RoomMode, int>();

    /// <summary>The masks of each list that has any.</summary>
    public IReadOnlyDictionary<RoomMode, IReadOnlyList<MaskEntry>> Lists { get; init; } = new Dictionary<RoomMode, IReadOnlyList<MaskEntry>>();

    /// <summary>Values under keys.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = KeptValues.None;

    /// <summary>Ids of the users whom an operator has asked in, and who have not come yet.</summary>
    public IReadOnlyList<long> Invited { get; init; } = [];

    /// <summary>Those users as they were when they were asked, by which a ban finds them. An older node does not tell.</summary>
    public IReadOnlyList<Actor> Guests { get; init; } = [];

    /// <summary>Operators who have asked them in, by the id of the user who was asked. An older node does not tell.</summary>
    public IReadOnlyDictionary<long, Actor> Hosts { get; init; } = new Dictionary<long, Actor>();

    /// <summary>The members.</summary>
    public IReadOnlyList<RoomMember> Members { get; init; } = [];

    /// <summary>Rank of a user; none of one that is no member.</summary>
    public MemberRank RankOf(long userId) => Members.FirstOrDefault(member => member.Actor.UserId == userId).Rank;

    /// <summary>Names that it had before, the oldest first.</summary>
    public IReadOnlyList<FormerName> FormerNames { get; init; } = [];
}
