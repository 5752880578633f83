using System.Buffers;
using System.IO.Pipelines;

namespace Parley.Net.Tcp;

/// <summary>Cuts a stream into lines of at most so many bytes, the LF not counted, and never holds more than one of them.</summary>
internal sealed class LineReader(Stream stream, int maxLineBytes) : IAsyncDisposable
{
    // Zero-byte reads: whoever says nothing costs no buffer.
    private readonly PipeReader _input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
    private SequencePosition? _lineEnd;
    private bool _skipping;

    /// <summary>The line that was read, without its LF; good until the next read.</summary>
    public ReadOnlySequence<byte> Line { get; private set; }

    /// <summary>Reads on to the next line, the excess of one, or the end.</summary>
    public async ValueTask<LineReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        if (_lineEnd is { } taken)
        {
            _input.AdvanceTo(taken);
            _lineEnd = null;
        }

        while (true)
        {
            ReadResult read = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } lf)
            {
                SequencePosition next = buffer.GetPosition(1, lf);
                ReadOnlySequence<byte> line = buffer.Slice(0, lf);
                bool wasTold = _skipping;
                _skipping = false;
                if (!wasTold && line.Length <= maxLineBytes)
                {
                    return Give(line, next, LineReadKind.Line);
                }

                _input.AdvanceTo(next);
                if (!wasTold)
                {
                    return LineReadKind.TooLong;
                }
            }
            else if (_skipping || buffer.Length > maxLineBytes)
            {
                _input.AdvanceTo(buffer.End);
                if (!_skipping)
                {
                    _skipping = true;
                    return LineReadKind.TooLong;
                }

                if (read.IsCompleted)
                {
                    return LineReadKind.End;
                }
            }
            else if (read.IsCompleted)
            {
                return buffer.IsEmpty ? LineReadKind.End : Give(buffer, buffer.End, LineReadKind.HalfLine);
            }
            else
            {
                _input.AdvanceTo(buffer.Start, buffer.End);
            }
        }
    }

    public ValueTask DisposeAsync() => _input.CompleteAsync();

    private LineReadKind Give(ReadOnlySequence<byte> line, SequencePosition end, LineReadKind kind)
    {
        Line = line;
        _lineEnd = end;
        return kind;
    }
}
