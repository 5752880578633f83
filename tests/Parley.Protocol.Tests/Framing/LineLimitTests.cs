namespace Parley.Protocol.Tests.Framing;

/// <summary>The limit of 400 bytes, which both framers keep in the same way.</summary>
public sealed class LineLimitTests
{
    private static readonly string Longest = new('x', 400);

    public static TheoryData<string> Framers => ["lines", "telnet"];

    [Theory, MemberData(nameof(Framers))]
    public void A_line_of_400_bytes_is_let_through(string kind) =>
        Assert.Equal([$"Line {Longest}"], Framer(kind).Run(Longest + "\n"));

    [Theory, MemberData(nameof(Framers))]
    public void CRLF_does_not_count_against_the_limit(string kind) =>
        Assert.Equal([$"Line {Longest}", "Line ok"], Framer(kind).Run(Longest + "\r\nok\r\n"));

    [Theory, MemberData(nameof(Framers))]
    public void A_line_of_401_bytes_is_too_long_once(string kind) =>
        Assert.Equal(["TooLong"], Framer(kind).Run(Longest + "y\n"));

    [Theory, MemberData(nameof(Framers))]
    public void A_second_CR_before_the_ending_counts(string kind) =>
        Assert.Equal(["TooLong"], Framer(kind).Run(Longest + "\r\r\n"));

    [Theory, MemberData(nameof(Framers))]
    public void Too_long_is_known_at_byte_401(string kind)
    {
        var framer = Framer(kind);
        Assert.Empty(framer.Feed(Longest));
        Assert.Equal(["TooLong"], framer.Feed("y"));
        Assert.Equal(["TooLong"], framer.Feed(Longest + Longest));
    }

    [Theory, MemberData(nameof(Framers))]
    public void A_CR_at_the_limit_waits_for_what_follows(string kind)
    {
        Assert.Empty(Framer(kind).Feed(Longest + "\r"));
        Assert.Equal([$"Line {Longest}"], Framer(kind).Feed(Longest + "\r\n"));
        Assert.Equal(["TooLong"], Framer(kind).Feed(Longest + "\rx"));
    }

    [Theory, MemberData(nameof(Framers))]
    public void The_line_after_one_that_was_too_long_is_good(string kind) =>
        Assert.Equal(["TooLong", "Line hello"], Framer(kind).Run(Longest + Longest + "\nhello\n"));

    [Theory, MemberData(nameof(Framers))]
    public void Each_line_that_is_too_long_is_told(string kind) =>
        Assert.Equal(["TooLong", "TooLong", "Line a"], Framer(kind).Run($"{Longest}y\n{Longest}z\na\n"));

    private static FramerUnderTest Framer(string kind) =>
        kind == "telnet" ? FramerUnderTest.Telnet(400) : FramerUnderTest.Lines(400);
}
