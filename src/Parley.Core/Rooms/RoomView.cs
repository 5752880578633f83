using Parley.Core.Events;
using Parley.Core.Modes;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>State of a room at one moment, as far as somebody may see it; later events do not touch it.</summary>
public sealed record RoomView : IRoomView
{
    /// <inheritdoc/>
    public required RoomName Name { get; init; }

    /// <inheritdoc/>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The part of the room that the viewer may see: what is beyond that is empty here.</summary>
    public required RoomSight Sight { get; init; }

    /// <inheritdoc/>
    public RoomTopic? Topic { get; init; }

    /// <inheritdoc/>
    public IReadOnlyCollection<RoomMode> Flags { get; init; } = [];

    /// <summary>True if a key is needed to come in.</summary>
    public bool HasKey { get; init; }

    /// <summary>True if it keeps somebody out, or hides: then what is said is for those who are in.</summary>
    public bool KeepsOut => HasKey || Flags.Any(flag => RoomModes.Of(flag).KeepsOut);

    /// <inheritdoc/>
    public string? Key { get; init; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<RoomMode, int> Numbers { get; init; } = new Dictionary<RoomMode, int>();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Values { get; init; } = KeptValues.None;

    /// <inheritdoc/>
    public IReadOnlyCollection<RoomMember> Members { get; init; } = [];

    /// <summary>The masks of each list that has any.</summary>
    public IReadOnlyDictionary<RoomMode, IReadOnlyList<MaskEntry>> Lists { get; init; } = new Dictionary<RoomMode, IReadOnlyList<MaskEntry>>();

    /// <inheritdoc/>
    public IReadOnlyList<MaskEntry> Masks(RoomMode list) => Lists.GetValueOrDefault(list) ?? [];

    /// <summary>The rank of a member that the viewer may see; null if the user is none.</summary>
    public MemberRank? RankOf(long userId)
    {
        foreach (var member in Members)
        {
            if (member.Actor.UserId == userId)
            {
                return member.Rank;
            }
        }

        return null;
    }
}
