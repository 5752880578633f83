using System.Buffers;

namespace Parley.Core.Names;

/// <summary>The one rule for the names of users and of rooms: 2 to 20 characters of <c>A-Z a-z 0-9 - _</c>.</summary>
/// <remarks>Two names that differ only in case are the same name. Every allowed character is one byte of UTF-8.</remarks>
internal static class NameRule
{
    /// <summary>The length of the shortest name, in characters.</summary>
    public const int MinLength = 2;

    /// <summary>The length of the longest name, in characters.</summary>
    public const int MaxLength = 20;

    private static readonly SearchValues<char> AllowedChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<byte> AllowedBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Whether the characters form a name.</summary>
    public static bool Allows(ReadOnlySpan<char> name) =>
        name.Length is >= MinLength and <= MaxLength && !name.ContainsAnyExcept(AllowedChars);

    /// <summary>Whether the bytes form a name.</summary>
    public static bool Allows(ReadOnlySpan<byte> utf8) =>
        utf8.Length is >= MinLength and <= MaxLength && !utf8.ContainsAnyExcept(AllowedBytes);

    /// <summary>Whether two names are the same name, without case.</summary>
    public static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    // The runtime's hash is seeded per process. Names are chosen by strangers, so a faster unseeded hash would let them
    // pick names that all fall into one bucket.
    /// <summary>A hash that is equal for names that are the same without case.</summary>
    public static int Hash(string? name) => name is null ? 0 : name.GetHashCode(StringComparison.OrdinalIgnoreCase);

    /// <summary>The order of two names, without case; zero for the same name.</summary>
    public static int Compare(string? left, string? right) => string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
}
