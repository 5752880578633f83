namespace Parley.Protocol.Irc;

// https://ircv3.net/specs/extensions/message-tags#format
//
// tags     = tag *( ";" tag )
// tag      = key ["=" value]
// key      = ["+"] [vendor "/"] 1*( ALPHA / DIGIT / "-" )    ; one opaque name; what else a client puts there is let through
// value    = *OCTET-EXCEPT-SEMICOLON-SP                      ; escaped, see IrcTagValue

/// <summary>The tags of a message, each key once: of those that are repeated, the last.</summary>
public readonly ref struct IrcTags
{
    private readonly bool _clientOnly;

    /// <summary>The tags of a line, or of what was kept of it: what stands between <c>@</c> and the space.</summary>
    public IrcTags(ReadOnlySpan<byte> raw)
        : this(raw, clientOnly: false)
    {
    }

    private IrcTags(ReadOnlySpan<byte> raw, bool clientOnly)
    {
        Raw = raw;
        _clientOnly = clientOnly;
    }

    /// <summary>The tags as they came, without the <c>@</c> and the space.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>Of these tags, those that begin with <c>+</c>, which a server relays.</summary>
    public IrcTags ClientOnly => new(Raw, clientOnly: true);

    /// <summary>Finds a tag by its whole key; false when there is none.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> rawValue)
    {
        foreach (var tag in this)
        {
            if (tag.Key.SequenceEqual(key))
            {
                rawValue = tag.RawValue;
                return true;
            }
        }

        rawValue = default;
        return false;
    }

    /// <summary>Lets <c>foreach</c> walk the tags, in the order of the message.</summary>
    public IrcTagEnumerator GetEnumerator() => new(Raw, _clientOnly);
}
