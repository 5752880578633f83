using System.Text;

namespace Parley.Protocol.Addressed;

/// <summary>Walks names separated by commas without allocating.</summary>
public ref struct RecipientEnumerator
{
    private ReadOnlySpan<byte> _rest;

    internal RecipientEnumerator(ReadOnlySpan<byte> recipients)
    {
        _rest = recipients;
    }

    /// <summary>The name that the last <see cref="MoveNext"/> found.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Lets <c>foreach</c> walk the names.</summary>
    public readonly RecipientEnumerator GetEnumerator() => this;

    /// <summary>Finds the next name that is not empty.</summary>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var comma = _rest.IndexOf((byte)',');
            var name = comma < 0 ? _rest : _rest[..comma];
            _rest = comma < 0 ? default : _rest[(comma + 1)..];
            Current = name[Ascii.Trim(name)];
            if (!Current.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }
}
