using System.Buffers;
using Parley.Protocol.Framing;

namespace Parley.Protocol.Tests.Framing;

public sealed class LineFramerTests
{
    [Fact]
    public void A_line_ends_in_LF_or_CRLF() =>
        Assert.Equal(["Line one", "Line two", "Line "], FramerUnderTest.Lines(400).Run("one\ntwo\r\n\n"));

    [Fact]
    public void Only_one_CR_belongs_to_the_ending() =>
        Assert.Equal(["Line a\rb\r"], FramerUnderTest.Lines(400).Run("a\rb\r\r\n"));

    [Fact]
    public void An_unended_line_waits_for_more() => Assert.Empty(FramerUnderTest.Lines(400).Feed("hello"));

    [Fact]
    public void An_incomplete_line_stays_in_the_input()
    {
        var framer = new LineFramer(400);
        var input = new ReadOnlySequence<byte>(Bytes.Of("one\nhel"));
        Assert.Equal(FrameResult.Line, framer.TryRead(ref input, out _));
        Assert.Equal(FrameResult.Incomplete, framer.TryRead(ref input, out var line));
        Assert.True(line.IsEmpty);
        Assert.Equal("hel", Bytes.Text(input));
    }

    [Fact]
    public void A_line_may_lie_across_segments()
    {
        var framer = new LineFramer(400);
        var input = Bytes.Sequence(Bytes.Of("he"), [], Bytes.Of("llo\r"), Bytes.Of("\nmore"));
        Assert.Equal(FrameResult.Line, framer.TryRead(ref input, out var line));
        Assert.Equal("hello", Bytes.Text(line));
        Assert.Equal("more", Bytes.Text(input));
    }

    [Fact]
    public void At_the_end_an_unended_line_counts() =>
        Assert.Equal(["Line one", "Rest two"], FramerUnderTest.Lines(400).Run("one\ntwo"));

    [Fact]
    public void At_the_end_a_CR_alone_is_no_line() => Assert.Equal(["Line one"], FramerUnderTest.Lines(400).Run("one\n\r"));

    [Fact]
    public void At_the_end_the_rest_of_a_line_that_was_too_long_is_no_line() =>
        Assert.Equal(["TooLong"], FramerUnderTest.Lines(3).Run("abcdef"));

    [Fact]
    public void A_limit_below_one_byte_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new LineFramer(0));

    [Fact]
    public void Reading_lines_does_not_allocate()
    {
        var framer = new LineFramer(400);
        var one = new ReadOnlySequence<byte>(Bytes.Of("hello\r\nworld\n"));
        var several = Bytes.Sequence(Bytes.Of("hel"), Bytes.Of("lo\r\nwor"), Bytes.Of("ld\n"));
        Allocation.AssertNone(() =>
        {
            ReadAll(framer, one);
            ReadAll(framer, several);
        });
    }

    private static void ReadAll(LineFramer framer, ReadOnlySequence<byte> input)
    {
        while (framer.TryRead(ref input, out _) == FrameResult.Line)
        {
        }
    }
}
