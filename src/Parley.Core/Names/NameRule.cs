using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Parley.Core.Names;

/// <summary>Rule for the names of users, or for those of rooms: how long they are, and of which characters.</summary>
/// <remarks>
/// A name is kept as it is spelled, in NFC. Two names are the same if they are so folded (<see cref="NameText"/>); in ASCII, that is
/// without case. A name of ASCII and one that is not are never the same.
/// </remarks>
internal sealed class NameRule
{
    private const string Word = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly SearchValues<char> _chars;
    private readonly SearchValues<byte> _bytes;
    private readonly int _maxLetters;
    private readonly int _maxBytes;

    private NameRule(string allowed, int maxLetters, int maxBytes)
    {
        _chars = SearchValues.Create(allowed);
        _bytes = SearchValues.Create(Encoding.ASCII.GetBytes(allowed));
        (_maxLetters, _maxBytes) = (maxLetters, maxBytes);
    }

    /// <summary>Letters of the shortest name.</summary>
    public const int MinLetters = 2;

    /// <summary>Letters of the longest name of a user.</summary>
    public const int MaxUserLetters = 20;

    /// <summary>Bytes of the longest name of a room, in UTF-8.</summary>
    public const int MaxRoomBytes = 64;

    /// <summary>The rule for names of users: of ASCII, what nicks on IRC have (https://modern.ircdocs.horse/#clients).</summary>
    public static NameRule User { get; } = new(Word + "[]\\^{}|`", MaxUserLetters, MaxUserLetters * 4) { IsOfOneScript = true };

    /// <summary>The rule for names of rooms.</summary>
    public static NameRule Room { get; } = new(Word + ".+", MaxRoomBytes, MaxRoomBytes);

    /// <summary>True if all letters have to be of one script, or of several that are written together.</summary>
    public bool IsOfOneScript { get; private init; }

    /// <summary>True if names may have a character of ASCII.</summary>
    public bool Allows(char ascii) => _chars.Contains(ascii);

    /// <summary>True if a name may be so long.</summary>
    public bool HasLength(int letters, int bytes) => letters >= MinLetters && letters <= _maxLetters && bytes <= _maxBytes;

    /// <summary>True if the characters form a name of ASCII.</summary>
    public bool IsAsciiName(ReadOnlySpan<char> name)
        => HasLength(name.Length, name.Length) && !name.ContainsAnyExcept(_chars) && name is not "..";

    /// <summary>True if the bytes form a name of ASCII.</summary>
    public bool IsAsciiName(ReadOnlySpan<byte> name)
        => HasLength(name.Length, name.Length) && !name.ContainsAnyExcept(_bytes) && !name.SequenceEqual(".."u8);

    /// <summary>Makes a name of bytes of UTF-8; or says why they are none.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="value">The name as it is spelled.</param>
    /// <param name="key">The name folded; null if it is of ASCII.</param>
    public NameFault TryMake(ReadOnlySpan<byte> utf8, out string value, out string? key)
    {
        if (IsAsciiName(utf8))
        {
            (value, key) = (Encoding.ASCII.GetString(utf8), null);
            return NameFault.None;
        }

        // Three bytes and more of UTF-8 are one unit of UTF-16, or four are two.
        Span<char> text = stackalloc char[MaxRoomBytes * 4];
        (value, key) = ("", null);
        return !Ascii.IsValid(utf8) && utf8.Length <= text.Length && Utf8.ToUtf16(utf8, text, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done
            ? TryMakeWide(text[..length], out value, out key)
            : NameFault.Form;
    }

    /// <summary>Makes a name of characters; or says why they are none.</summary>
    /// <inheritdoc cref="TryMake(ReadOnlySpan{byte}, out string, out string?)"/>
    public NameFault TryMake(ReadOnlySpan<char> text, out string value, out string? key)
    {
        if (IsAsciiName(text))
        {
            (value, key) = (text.ToString(), null);
            return NameFault.None;
        }

        (value, key) = ("", null);
        return text.Length <= MaxRoomBytes * 4 && !Ascii.IsValid(text) ? TryMakeWide(text, out value, out key) : NameFault.Form;
    }

    private NameFault TryMakeWide(ReadOnlySpan<char> text, out string value, out string? key)
    {
        var fault = NameText.TryMake(text, this, out value, out var folded);

        // Of wide letters, and others that only look different, a name of ASCII may come.
        key = Ascii.IsValid(value) ? null : folded;
        return fault;
    }

    /// <summary>True if two names are the same name.</summary>
    public static bool Same(string? left, string? leftKey, string? right, string? rightKey)
        => leftKey is null && rightKey is null ? string.Equals(left, right, StringComparison.OrdinalIgnoreCase) : string.Equals(leftKey, rightKey, StringComparison.Ordinal);

    // The runtime's hash is seeded per process. Names are chosen by strangers, so a faster unseeded hash would let them
    // pick names that all fall into one bucket.
    /// <summary>A hash that is equal for names that are the same.</summary>
    public static int Hash(string? name, string? key)
        => key is not null ? key.GetHashCode(StringComparison.Ordinal) : name is null ? 0 : name.GetHashCode(StringComparison.OrdinalIgnoreCase);

    /// <summary>The order of two names; zero for the same name.</summary>
    public static int Compare(string? left, string? leftKey, string? right, string? rightKey)
        => leftKey is null && rightKey is null
            ? string.Compare(left, right, StringComparison.OrdinalIgnoreCase)
            : string.CompareOrdinal(leftKey ?? left?.ToUpperInvariant(), rightKey ?? right?.ToUpperInvariant());
}
