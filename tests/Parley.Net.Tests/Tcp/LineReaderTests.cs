using System.Text;
using Parley.Net.Tcp;

namespace Parley.Net.Tests.Tcp;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("one\ntwo\n", "one|two|end")]
    [InlineData("one\r\n\ntwo", "one\r||half two|end")]
    [InlineData("", "end")]
    [InlineData("12345678\nx\n", "12345678|x|end")]
    [InlineData("123456789\nx\n", "too long|x|end")]
    [InlineData("123456789012345678901234567890\nx", "too long|half x|end")]
    [InlineData("123456789012", "too long|end")]
    public async Task However_a_stream_is_cut_its_lines_are_the_same(string text, string expected)
    {
        for (int piece = 1; piece <= Math.Max(1, text.Length); piece++)
        {
            Assert.Equal(expected, await ReadAllAsync(text, piece));
        }
    }

    private static async Task<string> ReadAllAsync(string text, int piece)
    {
        await using var reader = new LineReader(new PiecewiseStream(Encoding.UTF8.GetBytes(text), piece), maxLineBytes: 8);
        List<string> all = [];
        LineReadKind kind;
        do
        {
            kind = await reader.ReadAsync(TestContext.Current.CancellationToken);
            all.Add(kind switch
            {
                LineReadKind.Line => Encoding.UTF8.GetString(reader.Line),
                LineReadKind.HalfLine => "half " + Encoding.UTF8.GetString(reader.Line),
                LineReadKind.TooLong => "too long",
                _ => "end",
            });
        }
        while (kind != LineReadKind.End);

        return string.Join('|', all);
    }

    /// <summary>Gives no more than so many bytes at a time.</summary>
    private sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
