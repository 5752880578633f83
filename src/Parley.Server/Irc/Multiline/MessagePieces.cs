using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Multiline;

/// <summary>
/// Walks a message as its reader is shown it: line by line, each cut where its author's client has cut it, and where a piece
/// is longer than there is room. Does not allocate.
/// </summary>
internal ref struct MessagePieces
{
    private readonly int _maxBytes;
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<int> _joints;
    private int _position;
    private bool _goesOn;
    private bool _isAtEnd;

    /// <param name="text">The message; line feeds part its lines.</param>
    /// <param name="joints">Where its author has cut lines, as places in the text, ascending.</param>
    /// <param name="maxBytes">Bytes of a piece at most; at least 4.</param>
    public MessagePieces(ReadOnlySpan<byte> text, ReadOnlySpan<int> joints, int maxBytes)
    {
        _rest = text;
        _joints = joints;
        _maxBytes = maxBytes;
    }

    /// <summary>The piece that the last <see cref="MoveNext"/> found; empty for a blank line.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>True if it goes on where the one before ended, in the same line.</summary>
    public bool IsConcat { get; private set; }

    /// <summary>Lets <c>foreach</c> walk the pieces.</summary>
    public readonly MessagePieces GetEnumerator() => this;

    /// <summary>Finds the next piece.</summary>
    public bool MoveNext()
    {
        if (_isAtEnd)
        {
            return false;
        }

        IsConcat = _goesOn;
        var lineEnd = _rest.IndexOf((byte)'\n');
        var line = lineEnd < 0 ? _rest : _rest[..lineEnd];
        var pieces = IrcText.Split(UpToJoint(line), _maxBytes);
        pieces.MoveNext();
        Current = pieces.Current;
        _goesOn = Current.Length < line.Length;
        _isAtEnd = !_goesOn && lineEnd < 0;
        Advance(Current.Length + (_goesOn || _isAtEnd ? 0 : 1));
        return true;
    }

    private ReadOnlySpan<byte> UpToJoint(ReadOnlySpan<byte> line)
    {
        while (!_joints.IsEmpty && _joints[0] <= _position)
        {
            _joints = _joints[1..];
        }

        return _joints.IsEmpty || _joints[0] - _position >= line.Length ? line : line[..(_joints[0] - _position)];
    }

    private void Advance(int bytes)
    {
        _rest = _rest[bytes..];
        _position += bytes;
    }
}
