using System.Buffers;

namespace Parley.Protocol.Framing;

// stream     = *(line / interrupt / command)        ; commands may stand anywhere, also within a line
// line       = *OCTET ending
// ending     = [CR] LF / CR NUL                     ; a bare return is CR NUL in telnet (RFC 854)
// interrupt  = %x03 / %x04                          ; only as the first byte of a line
// command    = IAC ...                              ; see TelnetCommandParser

/// <summary>Takes lines off the front of a byte stream that may come from a telnet, whose commands it removes.</summary>
/// <param name="maxLineBytes">The longest line that is let through, in bytes, its ending and commands not counted.</param>
/// <remarks>
/// <para>Commands are removed first, then lines are looked for in what remains; an interrupt abandons the line it stands in, as ^C
/// does at a terminal. The sequence of results MUST NOT depend on how the stream is cut into buffers or segments.</para>
/// <para>What is left in the input MUST NOT exceed <paramref name="maxLineBytes"/> + 1 bytes. A line without commands is a slice of
/// the input; one with commands is gathered in a scratch buffer, which a connection that never sends IAC never has.</para>
/// </remarks>
public sealed class TelnetLineFramer(int maxLineBytes) : ILineFramer
{
    private readonly int _maxLineBytes = LineLimit.Checked(maxLineBytes);
    private byte[]? _scratch;
    private int _gathered;
    private TelnetCommandParser _command;
    private bool _skipping;
    private byte _lastSkipped;

    /// <summary>Room for a whole line and the CR that may belong to its ending.</summary>
    private Span<byte> Scratch => _scratch ??= new byte[_maxLineBytes + 1];

    /// <summary>Takes one line, or one interrupt, off the front of <paramref name="input"/>.</summary>
    /// <param name="input">The bytes not consumed so far; on return, those that must be seen again.</param>
    /// <param name="line">The line without its ending, valid until the next call, or empty when there is none.</param>
    public FrameResult TryRead(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line)
    {
        if (TryReadPlain(ref input, out line))
        {
            return FrameResult.Line;
        }

        var result = FrameResult.Incomplete;
        while (result == FrameResult.Incomplete && !input.IsEmpty)
        {
            if (_command.IsOpen)
            {
                result = ReadCommand(ref input);
            }
            else if (_skipping)
            {
                Skip(ref input);
            }
            else if (ReadText(ref input, ref line, out result))
            {
                break;
            }
        }

        return result;
    }

    /// <summary>At the end of the stream, takes what is left as a last line; false when that is nothing.</summary>
    /// <param name="input">What <see cref="TryRead"/> left when it last said <see cref="FrameResult.Incomplete"/>.</param>
    /// <param name="line">The last line, without a CR at its end, or empty when there is none.</param>
    public bool TryReadRest(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line)
    {
        // Once anything is gathered, an incomplete read leaves nothing in the input.
        line = _skipping ? default
            : LineLimit.WithoutLastCarriageReturn(_gathered > 0 ? new ReadOnlySequence<byte>(_scratch!, 0, _gathered) : input);
        input = input.Slice(input.End);
        _command.Close();
        AbandonLine();
        return !line.IsEmpty;
    }

    /// <inheritdoc/>
    // skipping, last skipped, command (3 bytes), what is gathered
    public byte[]? Save() => [_skipping ? (byte)1 : (byte)0, _lastSkipped, .. _command.Save(), .. _scratch.AsSpan(0, _gathered)];

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<byte> state)
    {
        if (state is not [0 or 1, var last, _, _, _, .. var text] || text.Length > _maxLineBytes + 1)
        {
            throw new FormatException("Not the state of a telnet framer");
        }

        (_skipping, _lastSkipped, _gathered) = (state[0] == 1, last, text.Length);
        _command.Restore(state[2..5]);
        if (_gathered > 0)
        {
            text.CopyTo(Scratch);
        }
    }

    /// <summary>The common case, at the cost of one scan: nothing is open, and a line that is not too long ends in this segment.</summary>
    private bool TryReadPlain(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (_gathered > 0 || _skipping || _command.IsOpen)
        {
            return false;
        }

        var span = input.FirstSpan;
        var end = TelnetStop.IndexOfCandidate(span);
        if (end < 0 || span[end] != '\n' || span[0] is 3 or 4)
        {
            return false;
        }

        var content = end > 0 && span[end - 1] == LineLimit.CarriageReturn ? end - 1 : end;
        if (content > _maxLineBytes)
        {
            return false;
        }

        line = input.Slice(0, content);
        input = input.Slice(end + 1);
        return true;
    }

    private FrameResult ReadCommand(ref ReadOnlySequence<byte> input)
    {
        switch (_command.Read(ref input))
        {
            case TelnetCommandParser.Result.Interrupt:
                AbandonLine();
                return FrameResult.Interrupt;

            case TelnetCommandParser.Result.Literal when _skipping:
                _lastSkipped = TelnetCommandParser.Iac;
                return FrameResult.Incomplete;

            case TelnetCommandParser.Result.Literal when _gathered < _maxLineBytes:
                Scratch[_gathered++] = TelnetCommandParser.Iac;
                return FrameResult.Incomplete;

            case TelnetCommandParser.Result.Literal:
            case TelnetCommandParser.Result.TooLong when !_skipping:
                StartSkipping(last: 0);
                return FrameResult.TooLong;

            default:
                return FrameResult.Incomplete;
        }
    }

    /// <summary>Drops the rest of a line that was reported as too long, up to its ending or the next command.</summary>
    private void Skip(ref ReadOnlySequence<byte> input)
    {
        var stop = TelnetStop.Find(input, _lastSkipped);
        _lastSkipped = stop.Last;
        TakePast(ref input, stop);
        _skipping = stop.Kind != TelnetStopKind.LineEnd;
    }

    /// <summary>Reads up to the next line ending or command; true when the caller has its result.</summary>
    private bool ReadText(ref ReadOnlySequence<byte> input, ref ReadOnlySequence<byte> line, out FrameResult result)
    {
        if (_gathered == 0 && TelnetStop.IsInterruptAhead(input))
        {
            input = input.Slice(1);
            result = FrameResult.Interrupt;
            return true;
        }

        var stop = TelnetStop.Find(input, _gathered > 0 ? _scratch![_gathered - 1] : (byte)0);
        var length = _gathered + stop.Index;
        if (stop.Kind == TelnetStopKind.LineEnd)
        {
            var content = stop.Last == LineLimit.CarriageReturn ? length - 1 : length;
            result = content > _maxLineBytes ? FrameResult.TooLong : FrameResult.Line;
            if (result == FrameResult.Line)
            {
                line = EndLine(input, stop.Index, content);
            }

            _gathered = 0;
            TakePast(ref input, stop);
            return true;
        }

        if (LineLimit.IsExceeded(length, stop.Last, _maxLineBytes))
        {
            StartSkipping(stop.Last);
            TakePast(ref input, stop);
            result = FrameResult.TooLong;
            return true;
        }

        result = FrameResult.Incomplete;
        if (stop.Kind == TelnetStopKind.None && _gathered == 0)
        {
            return true;
        }

        Gather(input.Slice(0, stop.Index));
        TakePast(ref input, stop);
        return false;
    }

    private ReadOnlySequence<byte> EndLine(in ReadOnlySequence<byte> input, long index, long content)
    {
        if (_gathered == 0)
        {
            return input.Slice(0, content);
        }

        Gather(input.Slice(0, index));
        return new ReadOnlySequence<byte>(_scratch!, 0, (int)content);
    }

    /// <summary>Advances past the stop; an IAC there opens a command.</summary>
    private void TakePast(ref ReadOnlySequence<byte> input, in TelnetStop stop)
    {
        if (stop.Kind == TelnetStopKind.Command)
        {
            _command.Open();
        }

        input = stop.Kind == TelnetStopKind.None ? input.Slice(input.End) : input.Slice(stop.Index + 1);
    }

    private void Gather(in ReadOnlySequence<byte> text)
    {
        text.CopyTo(Scratch[_gathered..]);
        _gathered += (int)text.Length;
    }

    private void StartSkipping(byte last)
    {
        _gathered = 0;
        _skipping = true;
        _lastSkipped = last;
    }

    private void AbandonLine()
    {
        _gathered = 0;
        _skipping = false;
    }
}
