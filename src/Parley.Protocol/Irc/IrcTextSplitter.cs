namespace Parley.Protocol.Irc;

/// <summary>Walks the pieces of a long text without allocating.</summary>
public ref struct IrcTextSplitter
{
    private const int MaxCharacterBytes = 4;

    private readonly int _maxBytes;
    private ReadOnlySpan<byte> _rest;

    internal IrcTextSplitter(ReadOnlySpan<byte> text, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, MaxCharacterBytes);
        _rest = text;
        _maxBytes = maxBytes;
    }

    /// <summary>The piece that the last <see cref="MoveNext"/> cut off; a space at which it was cut is its last byte.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Lets <c>foreach</c> walk the pieces.</summary>
    public readonly IrcTextSplitter GetEnumerator() => this;

    /// <summary>Cuts off the next piece.</summary>
    public bool MoveNext()
    {
        Current = IrcText.Truncate(_rest, _maxBytes);
        if (Current.Length < _rest.Length)
        {
            var space = Current.LastIndexOf((byte)' ');

            // A space far in front is not worth it: most of the piece would be empty, and a time or a name alone on its line.
            Current = space < Current.Length / 2 ? Current : Current[..(space + 1)];
        }

        _rest = _rest[Current.Length..];
        return !Current.IsEmpty;
    }
}
