using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Parley.Protocol.Irc;

/// <summary>Writes an interpolated string straight to a buffer as the UTF-8 body of an IRC message, without allocating.</summary>
/// <remarks>
/// What fills a hole MUST NOT end the line: NUL, CR and LF are left out here, for all messages at once. The body MUST NOT be longer than
/// <see cref="IrcFramer.MaxBodyBytes"/>: what does not fit is cut off at the end of a character, and nothing is written after it.
/// </remarks>
[InterpolatedStringHandler]
public ref struct IrcInterpolationHandler
{
    private const int MaxNumberBytes = 20;

    private readonly IBufferWriter<byte> _output;
    private int _room = IrcFramer.MaxBodyBytes;

    /// <summary>Called by the compiler: begins a body.</summary>
    public IrcInterpolationHandler(int literalLength, int formattedCount, IBufferWriter<byte> output)
    {
        _ = literalLength;
        _ = formattedCount;
        _output = output;
    }

    /// <summary>Writes what stands between the holes, as it is.</summary>
    public void AppendLiteral(string literal) => Encode(literal);

    /// <summary>Writes text without NUL, CR and LF; nothing for null.</summary>
    public void AppendFormatted(string? text) => AppendFormatted(text.AsSpan());

    /// <summary>Writes text without NUL, CR and LF.</summary>
    public void AppendFormatted(scoped ReadOnlySpan<char> text)
    {
        for (int found; (found = text.IndexOfAny('\0', '\r', '\n')) >= 0; text = text[(found + 1)..])
        {
            Encode(text[..found]);
        }

        Encode(text);
    }

    /// <summary>Writes UTF-8 text without NUL, CR and LF.</summary>
    public void AppendFormatted(scoped ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty)
        {
            var span = _output.GetSpan(text.Length);
            Commit(span, LineSafeText.Copy(text, span[..text.Length]));
        }
    }

    /// <summary>Writes one character, unless it is NUL, CR or LF.</summary>
    public void AppendFormatted(char character) => AppendFormatted([character]);

    /// <summary>Writes a number in decimal.</summary>
    public void AppendFormatted(long number)
    {
        var span = _output.GetSpan(MaxNumberBytes);
        number.TryFormat(span, out var written, provider: null);
        Commit(span, written);
    }

    /// <summary>Writes the three digits of a numeric.</summary>
    public void AppendFormatted(IrcNumeric numeric)
    {
        var span = _output.GetSpan(3);
        span[0] = (byte)('0' + ((int)numeric / 100));
        span[1] = (byte)('0' + ((int)numeric / 10 % 10));
        span[2] = (byte)('0' + ((int)numeric % 10));
        Commit(span, 3);
    }

    private void Encode(scoped ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
        {
            var span = _output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
            Commit(span, Encoding.UTF8.GetBytes(text, span));
        }
    }

    private void Commit(ReadOnlySpan<byte> span, int written)
    {
        if (written <= _room)
        {
            _room -= written;
        }
        else
        {
            written = IrcText.Truncate(span[..written], _room).Length;
            _room = 0;
        }

        _output.Advance(written);
    }
}
