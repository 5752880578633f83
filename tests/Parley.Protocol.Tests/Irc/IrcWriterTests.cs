using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Irc;

namespace Parley.Protocol.Tests.Irc;

public sealed class IrcWriterTests
{
    private static readonly DateTimeOffset Time = new(2011, 10, 19, 18, 40, 51, 620, TimeSpan.FromHours(2));

    [Fact]
    public void A_message_is_one_line_that_ends_in_CRLF()
    {
        var (name, room, text) = ("Ana", "main", Encoding.UTF8.GetBytes("Grüße!"));
        Assert.Equal(":Ana!ana@host PRIVMSG #main :Grüße!\r\n", Bytes.Written(o => o.WriteIrc($":{name}!ana@host PRIVMSG #{room} :{text}")));
        Assert.Equal("PING a\r\n", Bytes.Written(o => o.WriteIrc("PING a"u8)));
    }

    [Fact]
    public void Numerics_have_three_digits_and_numbers_as_many_as_they_need()
    {
        Assert.Equal(":s 001 a :Hi\r\n", Bytes.Written(o => o.WriteIrc($":s {IrcNumeric.RPL_WELCOME} a :Hi")));
        Assert.Equal(":s 417 a\r\n", Bytes.Written(o => o.WriteIrc($":s {IrcNumeric.ERR_INPUTTOOLONG} a")));
        Assert.Equal(":s 322 a #b 12 -3\r\n", Bytes.Written(o => o.WriteIrc($":s {IrcNumeric.RPL_LIST} a #b {12} {-3L}")));
        Assert.Equal("MODE #a +o\r\n", Bytes.Written(o => o.WriteIrc($"MODE #a {'+'}{'o'}{'\n'}{(string?)null}")));
    }

    [Fact]
    public void What_fills_a_hole_cannot_end_the_line_and_all_else_passes()
    {
        const string dirty = "\x01" + "ACTION \x02\x03" + "4\x04\x0f\x11\x16\x1d\x1e\x1f\t\x1b\x7f\u0085\r\n\0QUIT\x01";
        var clean = dirty.Replace("\r\n\0", "", StringComparison.Ordinal);
        Assert.Equal($"A :{clean}\r\n", Bytes.Written(o => o.WriteIrc($"A :{dirty}")));
        Assert.Equal($"A :{clean}\r\n", Bytes.Written(o => o.WriteIrc($"A :{Encoding.UTF8.GetBytes(dirty)}")));
        Assert.Equal($"{clean}\r\n", Bytes.Written(o => o.WriteIrc(Encoding.UTF8.GetBytes(dirty))));
    }

    [Fact]
    public void A_line_has_at_most_512_bytes_and_is_cut_at_a_character()
    {
        var prefix = "PRIVMSG #main :";
        Assert.Equal($"{prefix}{new string('x', 495)}\r\n", Bytes.Written(o => o.WriteIrc($"{prefix}{new string('x', 495)}")));
        Assert.Equal($"{prefix}{new string('x', 495)}\r\n", Bytes.Written(o => o.WriteIrc($"{prefix}{new string('x', 495)}y")));
        Assert.Equal($"{prefix}x{new string('é', 247)}\r\n", Bytes.Written(o => o.WriteIrc($"{prefix}x{new string('é', 248)}")));
        Assert.Equal($"{prefix}xx{new string('é', 246)}\r\n", Bytes.Written(o => o.WriteIrc($"{prefix}xx{new string('é', 248)}y")));
    }

    [Fact]
    public void Every_message_fits_whatever_is_in_it() =>
        Prop.ForAll(Arb.From(TextGen.Any), Arb.From(TextGen.Any), Arb.From(Gen.Choose(0, 600)), (a, b, pad) =>
        {
            var padding = new string('é', pad);
            var utf8 = Encoding.UTF8.GetBytes(b);
            var line = Bytes.Written(o => o.WriteIrc($"X {a}{padding} {a} :{utf8}"));
            var whole = WithoutBreaks($"X {a}{padding} {a} :{b}");
            return Encoding.UTF8.GetByteCount(line) is >= 5 and <= 512
                && line.EndsWith("\r\n", StringComparison.Ordinal)
                && whole.StartsWith(line[..^2], StringComparison.Ordinal)
                && (Encoding.UTF8.GetByteCount(whole) > 510 || whole == line[..^2]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tags_stand_in_front_and_are_escaped()
    {
        Assert.Equal(
            @"@time=2011-10-19T16:40:51.620Z;msgid=a\sb\:c;account=Ana;bot ",
            Bytes.Written(o =>
            {
                var tags = new IrcTagWriter(o);
                tags.AddTime(Time);
                tags.Add("msgid"u8, "a b;c"u8);
                tags.Add("account"u8, "Ana");
                tags.Add("bot"u8);
                tags.End();
            }));
        Assert.Equal("", Bytes.Written(o => new IrcTagWriter(o).End()));
    }

    [Fact]
    public void Tags_are_relayed_as_they_are_but_for_what_would_end_the_line() =>
        Assert.Equal(
            @"@msgid=1;+a=\sx;+b ",
            Bytes.Written(o =>
            {
                Assert.True(IrcMessage.TryParse(Bytes.Of("@label=9;+a=\\s\rx;+b\0= TAGMSG #a"), out var message));
                var tags = new IrcTagWriter(o);
                tags.Add("msgid"u8, "1");
                tags.Add(message.Tags.ClientOnly);
                tags.End();
            }));

    [Fact]
    public void Tags_take_nothing_from_the_512_bytes()
    {
        var line = Bytes.Written(o =>
        {
            var tags = new IrcTagWriter(o);
            tags.Add("a"u8, new string('t', 500));
            tags.End();
            o.WriteIrc($"{new string('x', 600)}");
        });
        Assert.Equal(504 + 512, line.Length);
    }

    [Fact]
    public void A_time_is_in_UTC_to_the_millisecond_and_comes_back()
    {
        Assert.Equal("2011-10-19T16:40:51.620Z", Bytes.Written(o => IrcServerTime.Write(Time, o)));
        Assert.Equal("0001-01-01T00:00:00.000Z", Bytes.Written(o => IrcServerTime.Write(default, o)));
        Assert.Equal("9999-12-31T23:59:59.999Z", Bytes.Written(o => IrcServerTime.Write(DateTimeOffset.MaxValue, o)));
        Assert.True(IrcServerTime.TryParse("2011-10-19T16:40:51.620Z"u8, out var parsed));
        Assert.Equal(Time, parsed);
        Assert.Equal(TimeSpan.Zero, parsed.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2011-10-19T16:40:51Z")]
    [InlineData("2011-10-19T16:40:51.620+")]
    [InlineData("2011-13-19T16:40:51.620Z")]
    [InlineData("2011-10-19 16:40:51.620Z")]
    [InlineData("2011-10-19T16:40:51.62\xB0Z")]
    public void What_is_no_such_time_is_refused(string text) => Assert.False(IrcServerTime.TryParse(Bytes.Of(text), out _));

    [Fact]
    public void Writing_allocates_nothing()
    {
        var output = new ReusedBuffer();
        var text = Encoding.UTF8.GetBytes("Has anybody seen the otter today?");
        Allocation.AssertNone(() =>
        {
            var tags = new IrcTagWriter(output);
            tags.AddTime(Time);
            tags.Add("account"u8, "Ana");
            tags.End();
            output.WriteIrc($":Ana!{"ana"}@host {IrcNumeric.RPL_LIST} #{"main"} {42} :{text}");

            var words = new IrcWords(output, ":s 353 a = #main :"u8);
            words.Add("Ana");
            words.Add(text);
            words.End();
        });
    }

    private static string WithoutBreaks(string text) => string.Concat(text.Where(c => c is not ('\0' or '\r' or '\n')));
}
