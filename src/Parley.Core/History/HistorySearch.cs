using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>What to look for in a room's history.</summary>
/// <param name="Room">The room.</param>
/// <param name="Words">
/// What people type: words that must all be there, without regard to case and accents; <c>word*</c> stands for all that begin
/// so. Anything else in it only parts words.
/// </param>
public sealed record HistorySearch(RoomName Room, string Words)
{
    /// <summary>Only numbers below this one.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>Only messages at this time or later; null for any.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only messages earlier than this time; null for any.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only what this user wrote; empty for anybody.</summary>
    public UserName Author { get; init; }

    /// <summary>Best ones to leave out, as they were shown before.</summary>
    public int Skip { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 20;
}
