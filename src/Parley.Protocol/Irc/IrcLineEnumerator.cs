namespace Parley.Protocol.Irc;

/// <summary>Walks the lines of a text without allocating, blank ones included.</summary>
public ref struct IrcLineEnumerator
{
    private ReadOnlySpan<byte> _rest;
    private bool _isAtEnd;

    internal IrcLineEnumerator(ReadOnlySpan<byte> text) => _rest = text;

    /// <summary>The line that the last <see cref="MoveNext"/> found, without its line feed.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Lets <c>foreach</c> walk the lines.</summary>
    public readonly IrcLineEnumerator GetEnumerator() => this;

    /// <summary>Finds the next line.</summary>
    public bool MoveNext()
    {
        if (_isAtEnd)
        {
            Current = default;
            return false;
        }

        var end = _rest.IndexOf((byte)'\n');
        Current = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        _isAtEnd = end < 0;
        return true;
    }
}
