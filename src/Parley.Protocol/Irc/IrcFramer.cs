using System.Buffers;
using Parley.Protocol.Framing;

namespace Parley.Protocol.Irc;

// https://modern.ircdocs.horse/#message-format, https://ircv3.net/specs/extensions/message-tags#size-limit
//
// line    = [tags] body ending
// tags    = "@" *OCTET-EXCEPT-SP-LF SP            ; at most 4096 bytes from a client, both separators counted
// body    = *OCTET-EXCEPT-LF                      ; at most 510 bytes, which with CR LF makes the 512 of RFC 1459
// ending  = [CR] LF
//
// One CR before the LF belongs to the ending, any other CR to the line. What begins with "@" and has no SP is all tags.

/// <summary>Takes IRC messages off the front of a byte stream, their tags and the rest of them each within a limit of its own.</summary>
/// <remarks>
/// The sequence of results MUST NOT depend on how the stream is cut into buffers or segments.
/// What is left in the input MUST NOT exceed both limits + 1 byte (a whole line and its CR),
/// so a peer that never ends its line cannot make the reader keep more.
/// </remarks>
public sealed class IrcFramer : ILineFramer
{
    /// <summary>The longest body of a message, in bytes, its ending not counted.</summary>
    public const int MaxBodyBytes = 510;

    /// <summary>The longest tags that a client may send, in bytes, the <c>@</c> and the space counted.</summary>
    public const int MaxTagBytes = 4096;

    private readonly int _maxBodyBytes;
    private readonly int _maxTagBytes;
    private bool _skipping;

    /// <summary>A framer at the beginning of a stream.</summary>
    /// <param name="maxBodyBytes">The longest body that is let through, in bytes, its ending not counted.</param>
    /// <param name="maxTagBytes">The longest tags that are let through, in bytes, the <c>@</c> and the space counted; at least 3.</param>
    public IrcFramer(int maxBodyBytes = MaxBodyBytes, int maxTagBytes = MaxTagBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTagBytes, "@a ".Length);
        _maxBodyBytes = LineLimit.Checked(maxBodyBytes);
        _maxTagBytes = maxTagBytes;
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

    /// <summary>Whether a line, or what there is of one, cannot fit any more; <paramref name="last"/> may be the CR of the ending.</summary>
    private bool IsExceeded(in ReadOnlySequence<byte> line, byte last)
    {
        if (line.Length <= _maxBodyBytes && line.Length < _maxTagBytes)
        {
            return false;
        }

        if (!StartsWithTags(line))
        {
            return LineLimit.IsExceeded(line.Length, last, _maxBodyBytes);
        }

        var space = IndexOfSpace(line);
        return space < 0
            ? LineLimit.IsExceeded(line.Length, last, _maxTagBytes - 1)
            : space >= _maxTagBytes || LineLimit.IsExceeded(line.Length - space - 1, last, _maxBodyBytes);
    }

    private static bool StartsWithTags(in ReadOnlySequence<byte> line)
    {
        var first = line.FirstSpan;
        if (first.IsEmpty)
        {
            new SequenceReader<byte>(line).TryPeek(out var next);
            return next == '@';
        }

        return first[0] == '@';
    }

    private static long IndexOfSpace(in ReadOnlySequence<byte> line)
    {
        long offset = 0;
        foreach (var memory in line)
        {
            var found = memory.Span.IndexOf((byte)' ');
            if (found >= 0)
            {
                return offset + found;
            }

            offset += memory.Length;
        }

        return -1;
    }
}
