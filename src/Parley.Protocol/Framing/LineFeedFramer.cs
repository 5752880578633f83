using System.Buffers;

namespace Parley.Protocol.Framing;

// line    = *OCTET-EXCEPT-LF ending
// ending  = [CR] LF
//
// One CR before the LF belongs to the ending, any other CR to the line.

/// <summary>Takes lines that end in LF or CRLF off the front of a byte stream; which of them are too long, those say who derive from it.</summary>
/// <remarks>
/// The sequence of results MUST NOT depend on how the stream is cut into buffers or segments.
/// What is left in the input MUST NOT exceed the longest line + 1 byte (its CR), so a peer that never ends its line cannot make
/// the reader keep more.
/// </remarks>
public abstract class LineFeedFramer : ILineFramer
{
    private bool _skipping;

    private protected LineFeedFramer()
    {
    }

    /// <summary>Takes one line off the front of <paramref name="input"/> and advances it past the line's ending; it may be empty.</summary>
    /// <param name="input">The bytes not consumed so far; on return, those that must be seen again.</param>
    /// <param name="line">The line without its ending, a slice of the input, or empty when there is none.</param>
    public FrameResult TryRead(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (_skipping)
        {
            if (!LineFeed.TryFind(input, out var skipped, out _))
            {
                input = input.Slice(input.End);
                return FrameResult.Incomplete;
            }

            input = input.Slice(skipped + 1);
            _skipping = false;
        }

        if (!LineFeed.TryFind(input, out var length, out var last))
        {
            if (!IsExceeded(input, last))
            {
                return FrameResult.Incomplete;
            }

            input = input.Slice(input.End);
            _skipping = true;
            return FrameResult.TooLong;
        }

        var content = input.Slice(0, last == LineLimit.CarriageReturn ? length - 1 : length);
        input = input.Slice(length + 1);
        if (IsExceeded(content, last: 0))
        {
            return FrameResult.TooLong;
        }

        line = content;
        return FrameResult.Line;
    }

    /// <summary>At the end of the stream, takes what is left as a last line; false when that is nothing.</summary>
    /// <param name="input">What <see cref="TryRead"/> left when it last said <see cref="FrameResult.Incomplete"/>.</param>
    /// <param name="line">The last line, without a CR at its end, or empty when there is none.</param>
    public bool TryReadRest(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line)
    {
        line = _skipping ? default : LineLimit.WithoutLastCarriageReturn(input);
        input = input.Slice(input.End);
        _skipping = false;
        return !line.IsEmpty;
    }

    /// <inheritdoc/>
    public byte[]? Save() => [_skipping ? (byte)1 : (byte)0];

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<byte> state)
        => _skipping = state is [0 or 1] ? state[0] == 1 : throw new FormatException("Not the state of a line framer");

    /// <summary>True if a whole line, its ending not included, is over the limit.</summary>
    public bool IsTooLong(in ReadOnlySequence<byte> line) => IsExceeded(line, last: 0);

    /// <summary>True if a line, or what there is of one, cannot fit any more; <paramref name="last"/> may be the CR of the ending.</summary>
    private protected abstract bool IsExceeded(in ReadOnlySequence<byte> line, byte last);
}
