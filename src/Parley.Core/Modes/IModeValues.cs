using Parley.Core.Events;
using Parley.Core.Text;

namespace Parley.Core.Modes;

/// <summary>The modes that are set on a room, as their rules ask for them.</summary>
internal interface IModeValues
{
    /// <summary>The key; null if there is none.</summary>
    string? Key { get; }

    /// <summary>The number of members.</summary>
    int Count { get; }

    /// <summary>The number of a mode; null if that is not set.</summary>
    int? NumberOf(RoomMode mode);

    /// <summary>True if an entry of a list that is not over is about the user.</summary>
    /// <param name="list">The list.</param>
    /// <param name="attempt">What the user wants to do, and when.</param>
    /// <param name="isMute">Whether to look at entries that only silence, in place of the others.</param>
    bool Covers(RoomMode list, in ModeAttempt attempt, bool isMute = false);

    /// <summary>Returns the pattern of the word filter that a text matches; null if it matches none.</summary>
    WordPattern? Filters(ReadOnlySpan<byte> utf8);
}
