using System.Diagnostics.CodeAnalysis;

namespace Parley.Core.Names;

/// <summary>The name of a user: 2 to 20 letters, marks and digits of one script, and <c>- _ [ ] \ ^ { } | `</c>, kept as spelled and compared folded.</summary>
[SuppressMessage("Design", "CA1036:Override methods on comparable types",
    Justification = "Names are put in order by sorting; no name is less than another.")]
public readonly record struct UserName : IComparable<UserName>
{
    /// <summary>The form of such names, in words.</summary>
    public const string Form = "2 to 20 letters and digits of one script, and - _ [ ] \\ ^ { } | `";

    private readonly string? _value;

    // The name folded, where it is not of ASCII.
    private readonly string? _key;

    /// <summary>Wraps a value that MUST already be a valid name of ASCII.</summary>
    internal UserName(string value) => _value = value;

    private UserName(string value, string? key) => (_value, _key) = (value, key);

    /// <summary>The name as it was spelled; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The name folded, by which it is kept: equal for names that are the same.</summary>
    public string Key => _key ?? Value.ToLowerInvariant();

    /// <summary>True if all its characters are of ASCII.</summary>
    public bool IsAscii => _key is null;

    /// <summary>True if another name has the very same letters, large and small.</summary>
    internal bool IsSpelledLike(UserName other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <summary>True if this is <c>default</c>, which names no user.</summary>
    public bool IsEmpty => _value is null;

    /// <summary>Reads a name from UTF-8 bytes; false when they do not form one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out UserName name)
    {
        name = NameRule.User.TryMake(utf8, out var value, out var key) == NameFault.None ? new UserName(value, key) : default;
        return !name.IsEmpty;
    }

    /// <summary>Reads a name from characters; false when they do not form one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UserName name)
    {
        name = NameRule.User.TryMake(text, out var value, out var key) == NameFault.None ? new UserName(value, key) : default;
        return !name.IsEmpty;
    }

    /// <summary>Reads a name from a string, which it keeps without a copy if it can; false when it does not form one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out UserName name)
    {
        if (text is not null && NameRule.User.IsAsciiName(text.AsSpan()))
        {
            name = new UserName(text, key: null);
            return true;
        }

        return TryParse(text.AsSpan(), out name);
    }

    /// <summary>Says why a text is no name.</summary>
    public static NameFault FaultOf(ReadOnlySpan<char> text) => NameRule.User.TryMake(text, out _, out _);

    /// <summary>True if both are the same name.</summary>
    public bool Equals(UserName other) => NameRule.Same(_value, _key, other._value, other._key);

    /// <summary>A hash that is equal for the same name, however it is spelled.</summary>
    public override int GetHashCode() => NameRule.Hash(_value, _key);

    /// <summary>The order of the names; zero for the same name.</summary>
    public int CompareTo(UserName other) => NameRule.Compare(_value, _key, other._value, other._key);

    /// <summary>The name as it was spelled.</summary>
    public override string ToString() => Value;
}
