using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Irc;

namespace Parley.Protocol.Tests.Irc;

/// <summary>https://ircv3.net/specs/extensions/message-tags</summary>
public sealed class IrcTagsTests
{
    [Theory]
    [InlineData("id=123AB;rose", "id=123AB|rose=")]
    [InlineData("url=;netsplit=tur,ty", "url=|netsplit=tur,ty")]
    [InlineData("aaa=bbb;ccc;example.com/ddd=eee", "aaa=bbb|ccc=|example.com/ddd=eee")]
    [InlineData("a=b=c;d==", "a=b=c|d==")]
    [InlineData(";;a;;b;", "a=|b=")]
    [InlineData("=x;a", "a=")]
    [InlineData("+=x", "+=x")]
    [InlineData("", "")]
    public void Tags_are_keys_with_and_without_values(string raw, string expected) => Assert.Equal(expected, Read(raw));

    [Theory]
    [InlineData("a=1;b=2;a=3", "b=2|a=3")]
    [InlineData("a=1;a;ab=2", "a=|ab=2")]
    [InlineData("a=1;ba=2;a;xa=a", "ba=2|a=|xa=a")]
    [InlineData("a=1;b=a;c=;a=2", "b=a|c=|a=2")]
    [InlineData("a=1;A=2", "a=1|A=2")]
    public void Of_a_key_that_is_repeated_all_but_the_last_are_discarded(string raw, string expected) => Assert.Equal(expected, Read(raw));

    [Theory]
    [InlineData("label=1;+a=2;b;+c", "+a=2|+c=")]
    [InlineData("+a=1;+b;+a=2;a=3", "+b=|+a=2")]
    [InlineData("+;+=1;a+b", "")]
    public void Only_client_tags_are_relayed(string raw, string expected)
    {
        Assert.True(IrcMessage.TryParse(Bytes.Of($"@{raw} X"), out var message));
        Assert.Equal(expected, Join(message.Tags.ClientOnly));
    }

    [Fact]
    public void A_tag_is_found_by_its_whole_key()
    {
        Assert.True(IrcMessage.TryParse(@"@time=1;+draft/reply=a\sb;time=2 X"u8, out var message));
        Assert.True(message.Tags.TryGet("time"u8, out var time));
        Assert.Equal("2", Encoding.UTF8.GetString(time));
        Assert.True(message.Tags.TryGet("+draft/reply"u8, out var reply));
        Assert.Equal("a b", IrcTagValue.Unescape(reply));
        Assert.False(message.Tags.TryGet("reply"u8, out _));
        Assert.False(message.Tags.TryGet("tim"u8, out _));
        Assert.False(message.Tags.ClientOnly.TryGet("time"u8, out _));
    }

    [Theory]
    [InlineData(@"raw+:=,escaped\:\s\\", @"raw+:=,escaped; \")]
    [InlineData(@"a\r\nb", "a\r\nb")]
    [InlineData(@"test\", "test")]
    [InlineData(@"\b\\\s\x", @"b\ x")]
    [InlineData(@"\", "")]
    [InlineData("", "")]
    [InlineData("\u00e9\\s\u6f22", "\u00e9 \u6f22")]
    public void Values_are_unescaped(string raw, string value) => Assert.Equal(value, IrcTagValue.Unescape(Encoding.UTF8.GetBytes(raw)));

    [Fact]
    public void Unescaping_needs_room_for_the_raw_value() =>
        Assert.Throws<ArgumentException>(() => IrcTagValue.Unescape("a\\s"u8, new byte[2]));

    [Fact]
    public void Every_value_comes_back_whatever_is_in_it() =>
        Prop.ForAll(Arb.From(TextGen.Any.Select(text => text + "; \\")), value =>
        {
            var ofChars = Bytes.Written(output => IrcTagValue.Escape(value, output));
            var ofBytes = Bytes.Written(output => IrcTagValue.Escape(Encoding.UTF8.GetBytes(value), output));
            return ofChars == ofBytes
                && ofChars.AsSpan().IndexOfAny("; \r\n\0") < 0
                && IrcTagValue.Unescape(Encoding.UTF8.GetBytes(ofChars)) == value.Replace("\0", "", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Each_key_comes_once_with_its_last_value()
    {
        var tags =
            from key in Gen.Elements("a", "b", "ab", "ba", "+a", "+ab", "", "aa")
            from value in Gen.Elements("", "=", "=a", "=ab", "=+a", "==a")
            select key + value;
        Prop.ForAll(Arb.From(tags.ArrayOf()), all =>
        {
            var last = new Dictionary<string, string>();
            foreach (var tag in all)
            {
                var equals = (tag + "=").IndexOf('=', StringComparison.Ordinal);
                last.Remove(tag[..equals]);
                last.Add(tag[..equals], tag[Math.Min(equals + 1, tag.Length)..]);
            }

            last.Remove("");
            var read = Read(string.Join(';', all)).Split('|', StringSplitOptions.RemoveEmptyEntries);
            return read.Order().SequenceEqual(last.Select(tag => $"{tag.Key}={tag.Value}").Order());
        }).QuickCheckThrowOnFailure();
    }

    private static string Read(string raw)
    {
        Assert.True(IrcMessage.TryParse(Bytes.Of($"@{raw} X"), out var message));
        return Join(message.Tags);
    }

    private static string Join(IrcTags tags)
    {
        var read = new List<string>();
        foreach (var tag in tags)
        {
            read.Add($"{Encoding.UTF8.GetString(tag.Key)}={Encoding.UTF8.GetString(tag.RawValue)}");
        }

        return string.Join('|', read);
    }
}
