using System.Globalization;
using Parley.Core.Events;

namespace Parley.Core.Modes;

/// <summary>Description of a room mode: all that there is to know of it, on every protocol.</summary>
/// <param name="Mode">The mode; history keeps its name.</param>
/// <param name="Letter">Its letter, on protocols that have letters.</param>
/// <param name="Kind">Its parameter.</param>
public sealed record RoomModeInfo(RoomMode Mode, char Letter, RoomModeKind Kind)
{
    /// <summary>The lowest rank that may set it and take it off. Anybody may take off a rank of its own.</summary>
    public MemberRank ChangedBy { get; init; } = MemberRank.Operator;

    /// <summary>The rank that it gives a member; none if it is about no member.</summary>
    public MemberRank Gives { get; init; }

    /// <summary>True if a new room has it.</summary>
    public bool IsInNewRooms { get; init; }

    /// <summary>True if a room that has it keeps somebody out, or hides: then what is said is for those who are in.</summary>
    public bool KeepsOut { get; init; }

    /// <summary>True if its masks are patterns of words (<see cref="Text.WordPattern"/>) in place of users.</summary>
    public bool IsOfWords { get; init; }

    /// <summary>The highest number that it takes.</summary>
    public int Max { get; init; } = int.MaxValue;

    /// <summary>Error for a number that it does not take: one sentence, without the full stop.</summary>
    public string NumberFault { get; init; } = "";

    /// <summary>
    /// Words for the change, to stand behind the name of who made it, with <c>{0}</c> for the argument; null if it concerns only
    /// those outside, or nobody who reads words.
    /// </summary>
    public (string Set, string TakenOff)? Told { get; init; }

    /// <summary>Why somebody may not come in, beside those who were invited; null for a mode that lets everybody in.</summary>
    internal ModeRule? Entry { get; init; }

    /// <summary>Why somebody may not speak; null for a mode that lets everybody speak.</summary>
    internal ModeRule? Speech { get; init; }

    /// <summary>Why somebody without a rank may not speak; null for a mode that lets everybody speak.</summary>
    internal ModeRule? Silence { get; init; }

    /// <summary>Reads its number.</summary>
    /// <param name="argument">Decimal digits.</param>
    /// <param name="number">The number, from 1 to <see cref="Max"/>.</param>
    /// <returns>False if it is none that the mode takes: then <see cref="NumberFault"/> says which it does.</returns>
    public bool TryReadNumber(string? argument, out int number)
        => int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && number <= Max;
}
