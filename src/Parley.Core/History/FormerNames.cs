using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Names that a room had, in the order in which it had them, as far as messages are kept that were said under them.</summary>
public static class FormerNames
{
    /// <summary>The name under which a number was given; empty for the present one.</summary>
    public static RoomName At(this IReadOnlyList<FormerName> names, long number)
    {
        foreach (var name in names)
        {
            if (number <= name.LastNumber)
            {
                return name.Name;
            }
        }

        return default;
    }

    /// <summary>Entries with the name that the room had when each was said.</summary>
    /// <param name="names">The names.</param>
    /// <param name="entries">In the order of their numbers, or against it.</param>
    internal static IReadOnlyList<HistoryEntry> Mark(this IReadOnlyList<FormerName> names, IReadOnlyList<HistoryEntry> entries)
        => names is not [.., var last] || entries.Count == 0 || Math.Min(entries[0].Number, entries[^1].Number) > last.LastNumber
            ? entries
            : [.. entries.Select(entry => entry with { FormerRoom = names.At(entry.Number) })];
}
