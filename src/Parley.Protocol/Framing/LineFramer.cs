using System.Buffers;

namespace Parley.Protocol.Framing;

/// <summary>Takes lines that end in LF or CRLF off the front of a byte stream, none longer than a limit.</summary>
/// <param name="maxLineBytes">The longest line that is let through, in bytes, its ending not counted.</param>
public sealed class LineFramer(int maxLineBytes) : LineFeedFramer
{
    private readonly int _maxLineBytes = LineLimit.Checked(maxLineBytes);

    private protected override bool IsExceeded(in ReadOnlySequence<byte> line, byte last) => LineLimit.IsExceeded(line.Length, last, _maxLineBytes);
}
