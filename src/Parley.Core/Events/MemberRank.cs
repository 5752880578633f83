namespace Parley.Core.Events;

/// <summary>Rank of a member in a room; a member with several ranks has the highest.</summary>
[Flags]
public enum MemberRank
{
    /// <summary>A member like any other.</summary>
    None = 0,

    /// <summary>May speak in a moderated room.</summary>
    Voice = 1,

    /// <summary>May also put out those below it, ban, give a voice, and change the topic.</summary>
    HalfOperator = 2,

    /// <summary>May do everything in the room; the first person in a room is one.</summary>
    Operator = 4,
}
