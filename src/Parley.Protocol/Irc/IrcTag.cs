namespace Parley.Protocol.Irc;

/// <summary>One tag of a message.</summary>
public readonly ref struct IrcTag
{
    internal IrcTag(ReadOnlySpan<byte> key, ReadOnlySpan<byte> rawValue)
    {
        Key = key;
        RawValue = rawValue;
    }

    /// <summary>The whole key, with its <c>+</c> and its vendor, which make part of the name.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>The value as it stands in the message, still escaped; a missing one is an empty one.</summary>
    public ReadOnlySpan<byte> RawValue { get; }

    /// <summary>True if the tag is one that servers relay and do not interpret.</summary>
    public bool IsClientOnly => Key is [(byte)'+', _, ..];
}
