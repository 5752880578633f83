using Parley.Core.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Connections;

/// <summary>
/// Walks what somebody wrote as it is shown where there are only lines of plain text: line by line, without formatting, and of
/// several lines without the blank ones.
/// </summary>
internal ref struct PlainLines
{
    private readonly bool _isEmpty;
    private IrcLineEnumerator _lines;

    /// <summary>Begins with the first line of a text.</summary>
    public PlainLines(ReadOnlySpan<byte> text)
    {
        _lines = IrcText.Lines(text);
        _isEmpty = text.IsEmpty;
    }

    /// <summary>The line that the last <see cref="MoveNext"/> found.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Lets <c>foreach</c> walk the lines.</summary>
    public readonly PlainLines GetEnumerator() => this;

    /// <summary>Finds the next line.</summary>
    public bool MoveNext()
    {
        while (_lines.MoveNext())
        {
            if (_isEmpty || !_lines.Current.IsEmpty)
            {
                Current = TextFormatting.Remove(_lines.Current);
                return true;
            }
        }

        Current = default;
        return false;
    }
}
