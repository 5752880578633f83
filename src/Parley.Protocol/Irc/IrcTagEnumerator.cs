namespace Parley.Protocol.Irc;

/// <summary>Walks the tags of a message without allocating.</summary>
public ref struct IrcTagEnumerator
{
    private readonly bool _clientOnly;
    private ReadOnlySpan<byte> _rest;

    internal IrcTagEnumerator(ReadOnlySpan<byte> raw, bool clientOnly)
    {
        _rest = raw;
        _clientOnly = clientOnly;
    }

    /// <summary>The tag that the last <see cref="MoveNext"/> found.</summary>
    public IrcTag Current { get; private set; }

    /// <summary>Finds the next tag that has a key and does not come again.</summary>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf((byte)';');
            var tag = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];

            var equals = tag.IndexOf((byte)'=');
            Current = equals < 0 ? new IrcTag(tag, default) : new IrcTag(tag[..equals], tag[(equals + 1)..]);
            if (!Current.Key.IsEmpty && (Current.IsClientOnly || !_clientOnly) && !ComesAgain(Current.Key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Looks for the key's bytes and not through the tags one by one: four thousand bytes hold a thousand tags, and to walk those for each
    /// of them would let one message cost milliseconds.
    /// </summary>
    private readonly bool ComesAgain(ReadOnlySpan<byte> key)
    {
        for (var at = 0; ; at++)
        {
            var found = _rest[at..].IndexOf(key);
            if (found < 0)
            {
                return false;
            }

            at += found;
            var end = at + key.Length;
            if ((at == 0 || _rest[at - 1] == ';') && (end == _rest.Length || _rest[end] is (byte)'=' or (byte)';'))
            {
                return true;
            }
        }
    }
}
