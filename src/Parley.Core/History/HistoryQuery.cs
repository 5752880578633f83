using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Which messages of a room to read. What is read comes oldest first, and never more than <see cref="Limit"/>.</summary>
/// <param name="Room">The room.</param>
public sealed record HistoryQuery(RoomName Room)
{
    /// <summary>Only numbers above this one.</summary>
    public long After { get; init; }

    /// <summary>Only numbers below this one.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>Only messages at this time or later; null for any.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only messages earlier than this time; null for any.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>At most so many, of those the newest unless <see cref="Oldest"/>.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>Whether, of more than <see cref="Limit"/>, the oldest are wanted.</summary>
    public bool Oldest { get; init; }
}
