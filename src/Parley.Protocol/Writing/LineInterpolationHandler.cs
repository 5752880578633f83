using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Parley.Protocol.Framing;

namespace Parley.Protocol.Writing;

/// <summary>Writes an interpolated string straight to a buffer as UTF-8, without allocating.</summary>
/// <remarks>What fills a hole MUST NOT end the line or carry control characters: they are left out here, for all lines at once.</remarks>
[InterpolatedStringHandler]
internal readonly ref struct LineInterpolationHandler
{
    private const int MaxNumberBytes = 20;

    private readonly IBufferWriter<byte> _output;

    public LineInterpolationHandler(int literalLength, int formattedCount, IBufferWriter<byte> output)
    {
        _ = literalLength;
        _ = formattedCount;
        _output = output;
    }

    public void AppendLiteral(string literal)
    {
        var span = _output.GetSpan(Encoding.UTF8.GetMaxByteCount(literal.Length));
        _output.Advance(Encoding.UTF8.GetBytes(literal, span));
    }

    public void AppendFormatted(string text) => Utf8Text.WriteWithoutControls(text, _output);

    public void AppendFormatted(ReadOnlySpan<byte> text) => Utf8Text.WriteWithoutControls(text, _output);

    public void AppendFormatted(long number)
    {
        number.TryFormat(_output.GetSpan(MaxNumberBytes), out var written, provider: null);
        _output.Advance(written);
    }
}
