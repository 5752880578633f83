using System.Buffers;
using Parley.Protocol.Framing;
using Parley.Protocol.Irc;
using Parley.Protocol.Tests.Framing;

namespace Parley.Protocol.Tests.Irc;

/// <summary>https://ircv3.net/specs/extensions/message-tags#size-limit</summary>
public sealed class IrcFramerTests
{
    private static readonly string Body = "PRIVMSG #main :" + new string('x', 495);
    private static readonly string Tags = "@+a=" + new string('t', 4091) + " ";

    [Fact]
    public void Lines_end_in_LF_or_CRLF() =>
        Assert.Equal(["Line NICK Ana", "Line USER a 0 * :A"], Run("NICK Ana\nUSER a 0 * :A\r\n"));

    [Fact]
    public void Empty_lines_are_empty() => Assert.Equal(["Line ", "Line ", "Line PING"], Run("\r\n\nPING\r\n"));

    [Fact]
    public void A_CR_within_a_line_is_part_of_it() => Assert.Equal(["Line a\rb\r"], Run("a\rb\r\r\n"));

    [Fact]
    public void A_last_line_without_ending_is_taken_at_the_end() => Assert.Equal(["Rest QUIT"], Run("QUIT\r"));

    [Fact]
    public void A_body_of_510_bytes_is_let_through() => Assert.Equal([$"Line {Body}"], Run(Body + "\r\n"));

    [Fact]
    public void A_body_of_511_bytes_is_too_long_once_and_the_next_is_good() =>
        Assert.Equal(["TooLong", "Line PING a"], Run(Body + "x and much more\r\nPING a\r\n"));

    [Fact]
    public void Tags_of_4094_bytes_and_a_body_of_510_are_let_through() => Assert.Equal([$"Line {Tags}{Body}"], Run(Tags + Body + "\r\n"));

    [Fact]
    public void Tags_of_4095_bytes_are_too_long_whatever_the_body() =>
        Assert.Equal(["TooLong", "Line PING a"], Run("@x" + Tags[1..] + "PING\r\nPING a\r\n"));

    [Fact]
    public void A_body_of_511_bytes_is_too_long_after_tags_of_any_length() =>
        Assert.Equal(["TooLong", "TooLong"], Run($"@a {Body}x\r\n{Tags}{Body}x\n"));

    [Fact]
    public void Room_that_the_tags_leave_is_not_the_bodys() => Assert.Equal(["TooLong"], Run("@a " + new string('x', 3000) + "\n"));

    [Fact]
    public void A_line_that_is_all_tags_has_their_limit() =>
        Assert.Equal([$"Line {Tags[..^1]}", "TooLong"], Run($"{Tags[..^1]}\r\n{Tags[..^1]}y\n"));

    [Fact]
    public void Too_long_is_known_at_the_first_byte_too_many()
    {
        var body = Framer();
        Assert.Empty(body.Feed(Body));
        Assert.Equal(["TooLong"], body.Feed("y"));
        Assert.Equal(["TooLong"], body.Feed(Body + Tags));

        var tags = Framer();
        Assert.Empty(tags.Feed(Tags[..^1]));
        Assert.Equal(["TooLong"], tags.Feed("y"));
    }

    [Fact]
    public void A_CR_at_the_limit_waits_for_what_follows()
    {
        Assert.Empty(Framer().Feed(Body + "\r"));
        Assert.Equal([$"Line {Body}"], Framer().Feed(Body + "\r\n"));
        Assert.Equal(["TooLong"], Framer().Feed(Body + "\rx"));
        Assert.Empty(Framer().Feed(Tags[..^1] + "\r"));
        Assert.Equal([$"Line {Tags[..^1]}"], Framer().Feed(Tags[..^1] + "\r\n"));
        Assert.Equal(["TooLong"], Framer().Feed(Tags[..^1] + "\r "));
    }

    [Fact]
    public void Both_limits_are_the_instances_own()
    {
        Assert.Equal(["Line abc", "TooLong", "Line @a abc"], FramerUnderTest.Irc(3, 4).Run("abc\nabcd\n@a abc\n"));
        Assert.Equal(["TooLong", "TooLong", "Line @ab abc"], FramerUnderTest.Irc(3, 4).Run("@abc a\n@a abcd\n@ab abc\n"));
        Assert.Equal(["TooLong", "Line @ab abcdefghi"], FramerUnderTest.Irc(9, 4).Run("@abc\n@ab abcdefghi\n"));
    }

    [Fact]
    public void Limits_that_fit_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IrcFramer(maxBodyBytes: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IrcFramer(maxTagBytes: 2));
    }

    [Fact]
    public void Framing_allocates_nothing()
    {
        var framer = new IrcFramer();
        var input = new ReadOnlySequence<byte>(Bytes.Of(Tags + Body + "\r\nPING a\r\n"));
        Allocation.AssertNone(() =>
        {
            var rest = input;
            Assert.True(framer.TryRead(ref rest, out _) == FrameResult.Line);
            Assert.True(framer.TryRead(ref rest, out _) == FrameResult.Line);
        });
    }

    private static FramerUnderTest Framer() => FramerUnderTest.Irc(IrcFramer.MaxBodyBytes, IrcFramer.MaxTagBytes);

    private static IReadOnlyList<string> Run(string latin1) => Framer().Run(latin1);
}
