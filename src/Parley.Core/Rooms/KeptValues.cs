using System.Collections.Immutable;

namespace Parley.Core.Rooms;

/// <summary>Values under keys that somebody has set on a room, or on its own user, in the order of the keys.</summary>
internal static class KeptValues
{
    public static ImmutableSortedDictionary<string, string> None { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The same values, but for one; null takes it away.</summary>
    public static ImmutableSortedDictionary<string, string> With(this ImmutableSortedDictionary<string, string> values, string key, string? value)
        => value is null ? values.Remove(key) : values.SetItem(key, value);
}
