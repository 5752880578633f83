using Parley.Core.Accounts;

namespace Parley.Core.Rooms;

/// <summary>A mask on one of a room's lists.</summary>
/// <param name="Mask">Whom it is about: <c>name!ident@host</c> with <c>*</c> and <c>?</c>, or an extended one.</param>
/// <param name="SetBy">Who put it there.</param>
/// <param name="Time">When, UTC.</param>
public sealed record MaskEntry(string Mask, string SetBy, DateTimeOffset Time)
{
    /// <summary>End, UTC; null for an entry that stays until it is taken off.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Name that the person had, for people to read; empty for an entry that is a mask alone.</summary>
    public string Name { get; init; } = "";

    /// <summary>Identity of the person, which alone counts then; unknown for an entry that is a mask alone.</summary>
    public Identity Who { get; init; }

    /// <summary>True if it has ended.</summary>
    public bool IsOverAt(DateTimeOffset now) => Until <= now;

    /// <summary>True if it only silences those whom it is about.</summary>
    public bool IsMute => UserMask.IsMute(Mask);
}
