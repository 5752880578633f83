using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Parley.Core.Names;

/// <summary>The name of a room: 2 to 20 characters of <c>A-Z a-z 0-9 - _</c>, kept as spelled and compared without case.</summary>
[SuppressMessage("Design", "CA1036:Override methods on comparable types",
    Justification = "Names are put in order by sorting; no name is less than another.")]
public readonly record struct RoomName : IComparable<RoomName>
{
    private readonly string? _value;

    private RoomName(string value) => _value = value;

    /// <summary>The name as it was spelled; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether this is <c>default</c>, which names no room.</summary>
    public bool IsEmpty => _value is null;

    /// <summary>Reads a name from UTF-8 bytes; false when they do not form one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out RoomName name)
    {
        name = NameRule.Allows(utf8) ? new RoomName(Encoding.ASCII.GetString(utf8)) : default;
        return !name.IsEmpty;
    }

    /// <summary>Reads a name from characters; false when they do not form one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RoomName name)
    {
        name = NameRule.Allows(text) ? new RoomName(text.ToString()) : default;
        return !name.IsEmpty;
    }

    /// <summary>Reads a name from a string, which it keeps without a copy; false when it does not form one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RoomName name)
    {
        name = NameRule.Allows(text.AsSpan()) ? new RoomName(text!) : default;
        return !name.IsEmpty;
    }

    /// <summary>Whether both are the same name, without case.</summary>
    public bool Equals(RoomName other) => NameRule.Same(_value, other._value);

    /// <summary>A hash that is equal for the same name in any case.</summary>
    public override int GetHashCode() => NameRule.Hash(_value);

    /// <summary>The order of the names, without case; zero for the same name.</summary>
    public int CompareTo(RoomName other) => NameRule.Compare(_value, other._value);

    /// <summary>The name as it was spelled.</summary>
    public override string ToString() => Value;
}
