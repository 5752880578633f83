namespace Parley.Protocol.Irc;

/// <summary>Walks items separated by commas without allocating.</summary>
public ref struct IrcListEnumerator
{
    private readonly bool _keepsEmpty;
    private ReadOnlySpan<byte> _rest;
    private bool _isAtEnd;

    internal IrcListEnumerator(ReadOnlySpan<byte> list, bool keepsEmpty)
    {
        _rest = list;
        _keepsEmpty = keepsEmpty;
        _isAtEnd = list.IsEmpty;
    }

    /// <summary>The item that the last <see cref="MoveNext"/> found.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Lets <c>foreach</c> walk the items.</summary>
    public readonly IrcListEnumerator GetEnumerator() => this;

    /// <summary>Finds the next item.</summary>
    public bool MoveNext()
    {
        while (!_isAtEnd)
        {
            var comma = _rest.IndexOf((byte)',');
            Current = comma < 0 ? _rest : _rest[..comma];
            _rest = comma < 0 ? default : _rest[(comma + 1)..];
            _isAtEnd = comma < 0;
            if (_keepsEmpty || !Current.IsEmpty)
            {
                return true;
            }
        }

        Current = default;
        return false;
    }
}
