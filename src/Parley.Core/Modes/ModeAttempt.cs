using Parley.Core.Events;

namespace Parley.Core.Modes;

/// <summary>Somebody who wants to come into a room, or to speak there.</summary>
/// <param name="User">The user.</param>
internal readonly record struct ModeAttempt(Actor User)
{
    /// <summary>The time of the decision, UTC.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The key that it knows, for coming in; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>True if it speaks as a member, from a session that follows the room.</summary>
    public bool Follows { get; init; }

    /// <summary>The text that it says, UTF-8.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>Time since it last said something in the room; null if it has not lately, or if what it says now may come at any time.</summary>
    public TimeSpan? SinceLast { get; init; }
}
