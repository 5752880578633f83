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
public sealed class IrcFramer : LineFeedFramer
{
    /// <summary>The longest body of a message, in bytes, its ending not counted.</summary>
    public const int MaxBodyBytes = 510;

    /// <summary>The longest tags that a client may send, in bytes, the <c>@</c> and the space counted.</summary>
    public const int MaxTagBytes = 4096;

    private readonly int _maxBodyBytes;
    private readonly int _maxTagBytes;

    /// <summary>A framer at the beginning of a stream.</summary>
    /// <param name="maxBodyBytes">The longest body that is let through, in bytes, its ending not counted.</param>
    /// <param name="maxTagBytes">The longest tags that are let through, in bytes, the <c>@</c> and the space counted; at least 3.</param>
    public IrcFramer(int maxBodyBytes = MaxBodyBytes, int maxTagBytes = MaxTagBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTagBytes, "@a ".Length);
        _maxBodyBytes = LineLimit.Checked(maxBodyBytes);
        _maxTagBytes = maxTagBytes;
    }

    private protected override bool IsExceeded(in ReadOnlySequence<byte> line, byte last)
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
