using System.Diagnostics.CodeAnalysis;

namespace Parley.Core.Names;

/// <summary>The name of a room: 2 to 64 bytes of letters, marks and digits of any script, and <c>- _ . +</c>, kept as spelled and compared folded.</summary>
[SuppressMessage("Design", "CA1036:Override methods on comparable types",
    Justification = "Names are put in order by sorting; no name is less than another.")]
public readonly record struct RoomName : IComparable<RoomName>
{
    /// <summary>The form of such names, in words.</summary>
    public const string Form = "2 to 64 bytes of letters, digits and - _ . +";

    private readonly string? _value;

    // The name folded, where it is not of ASCII.
    private readonly string? _key;

    private RoomName(string value, string? key) => (_value, _key) = (value, key);

    /// <summary>The name as it was spelled; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The name folded, by which it is kept: equal for names that are the same.</summary>
    public string Key => _key ?? Value.ToLowerInvariant();

    /// <summary>True if all its characters are of ASCII.</summary>
    public bool IsAscii => _key is null;

    /// <summary>True if this is <c>default</c>, which names no room.</summary>
    public bool IsEmpty => _value is null;

    /// <summary>Reads a name from UTF-8 bytes; false when they do not form one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out RoomName name)
    {
        name = NameRule.Room.TryMake(utf8, out var value, out var key) == NameFault.None ? new RoomName(value, key) : default;
        return !name.IsEmpty;
    }

    /// <summary>Reads a name from characters; false when they do not form one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RoomName name)
    {
        name = NameRule.Room.TryMake(text, out var value, out var key) == NameFault.None ? new RoomName(value, key) : default;
        return !name.IsEmpty;
    }

    /// <summary>Reads a name from a string, which it keeps without a copy if it can; false when it does not form one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RoomName name)
    {
        if (text is not null && NameRule.Room.IsAsciiName(text.AsSpan()))
        {
            name = new RoomName(text, key: null);
            return true;
        }

        return TryParse(text.AsSpan(), out name);
    }

    /// <summary>Says why a text is no name.</summary>
    public static NameFault FaultOf(ReadOnlySpan<char> text) => NameRule.Room.TryMake(text, out _, out _);

    /// <summary>True if both are the same name.</summary>
    public bool Equals(RoomName other) => NameRule.Same(_value, _key, other._value, other._key);

    /// <summary>A hash that is equal for the same name, however it is spelled.</summary>
    public override int GetHashCode() => NameRule.Hash(_value, _key);

    /// <summary>The order of the names; zero for the same name.</summary>
    public int CompareTo(RoomName other) => NameRule.Compare(_value, _key, other._value, other._key);

    /// <summary>The name as it was spelled.</summary>
    public override string ToString() => Value;
}
