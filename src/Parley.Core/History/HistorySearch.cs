using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Request for a search in a room's history.</summary>
/// <param name="Room">The room.</param>
/// <param name="Words">
/// What people type: words that must all be there, without regard to case and accents; <c>word*</c> stands for all that begin
/// so. Anything else in it only parts words. Without a word, an author has to be given.
/// </param>
public sealed record HistorySearch(RoomName Room, string Words)
{
    /// <summary>Only numbers above this one.</summary>
    public long After { get; init; }

    /// <summary>Only numbers below this one.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>Only messages at this time or later; null for any.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only messages earlier than this time; null for any.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only what this user wrote; empty for anybody.</summary>
    public UserName Author { get; init; }

    /// <inheritdoc cref="HistoryQuery.Life"/>
    public RoomLife Life { get; init; }

    /// <summary>True if the oldest come first; otherwise the newest do.</summary>
    public bool Oldest { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>The same search for what comes behind a number that was seen.</summary>
    public HistorySearch Behind(long number) => Oldest ? this with { After = number } : this with { Before = number };
}
