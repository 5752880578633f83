using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Irc;

namespace Parley.Protocol.Tests.Irc;

/// <summary>https://modern.ircdocs.horse/#message-format</summary>
public sealed class IrcMessageTests
{
    [Theory]
    [InlineData("PING", "PING")]
    [InlineData("foo bar baz asdf", "foo|bar|baz|asdf")]
    [InlineData("CAP REQ :sasl message-tags foo", "CAP|REQ|sasl message-tags foo")]
    [InlineData("CAP * LIST :", "CAP|*|LIST|")]
    [InlineData("PRIVMSG #chan :Hey!", "PRIVMSG|#chan|Hey!")]
    [InlineData("PRIVMSG #chan Hey!", "PRIVMSG|#chan|Hey!")]
    [InlineData("PRIVMSG #chan ::-)", "PRIVMSG|#chan|:-)")]
    [InlineData("PRIVMSG #chan : two  spaces : and colons ", "PRIVMSG|#chan| two  spaces : and colons ")]
    [InlineData("MODE #a:b +o c:d", "MODE|#a:b|+o|c:d")]
    [InlineData("  PING   a    b  ", "PING|a|b")]
    [InlineData("PING :", "PING|")]
    [InlineData("PING   :  ", "PING|  ")]
    [InlineData("PING \t\x01\x02", "PING|\t\x01\x02")]
    [InlineData("privmsg \u6f22 :\u00e9", "privmsg|\u6f22|\u00e9")]
    public void A_message_is_a_command_and_its_parameters(string line, string expected) => Assert.Equal(expected, Parse(line));

    [Theory]
    [InlineData(":irc.example.com CAP * LS :multi-prefix sasl", "irc.example.com", "CAP|*|LS|multi-prefix sasl")]
    [InlineData(":dan!d@localhost   PRIVMSG  #chan  Hey!", "dan!d@localhost", "PRIVMSG|#chan|Hey!")]
    [InlineData("  :src AWAY", "src", "AWAY")]
    [InlineData(":src AWAY :", "src", "AWAY|")]
    [InlineData(": AWAY", "", "AWAY")]
    [InlineData(":a:b!c@d QUIT", "a:b!c@d", "QUIT")]
    public void A_source_precedes_the_command(string line, string source, string expected)
    {
        Assert.Equal(expected, Parse(line));
        Assert.True(IrcMessage.TryParse(Encoding.UTF8.GetBytes(line), out var message));
        Assert.Equal(source, Encoding.UTF8.GetString(message.Source));
    }

    [Theory]
    [InlineData("@id=234AB :dan!d@localhost PRIVMSG #chan :Hey what's up!", "id=234AB", "PRIVMSG|#chan|Hey what's up!")]
    [InlineData("@a=b;c    PING   x", "a=b;c", "PING|x")]
    [InlineData("@ PING", "", "PING")]
    [InlineData("@a=:x;b=@y :s PING :z", "a=:x;b=@y", "PING|z")]
    [InlineData(" @a PING", "", "@a|PING")]
    public void Tags_precede_all_else(string line, string tags, string expected)
    {
        Assert.Equal(expected, Parse(line));
        Assert.True(IrcMessage.TryParse(Encoding.UTF8.GetBytes(line), out var message));
        Assert.Equal(tags, Encoding.UTF8.GetString(message.Tags.Raw));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("@a=b")]
    [InlineData("@a=b  ")]
    [InlineData(":src")]
    [InlineData(":")]
    [InlineData("@")]
    [InlineData("@a :src   ")]
    public void A_line_without_command_is_no_message(string line) => Assert.Null(Parse(line));

    [Theory]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16  17 ", "15 16  17 ")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12 13 14 :15 16 :17", "15 16 :17")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12 13 14   15:16 :17", "15:16 :17")]
    public void The_fifteenth_parameter_takes_the_rest(string parameters, string last)
    {
        Assert.True(IrcMessage.TryParse(Encoding.UTF8.GetBytes("X " + parameters), out var message));
        Assert.Equal(15, message.ParameterCount);
        Assert.Equal("14", Encoding.UTF8.GetString(message[13]));
        Assert.Equal(last, Encoding.UTF8.GetString(message[14]));
    }

    [Fact]
    public void A_parameter_that_is_missing_is_empty_when_asked_for_by_name_only()
    {
        Assert.True(IrcMessage.TryParse("JOIN #a"u8, out var message));
        Assert.Equal("#a", Encoding.UTF8.GetString(message.Parameter(0)));
        Assert.True(message.Parameter(1).IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            Assert.True(IrcMessage.TryParse("JOIN #a"u8, out var again));
            _ = again[1];
        });
    }

    [Fact]
    public void Every_message_that_is_put_together_comes_apart_again()
    {
        var word = Gen.Elements("ab0:#,;=@!*+-\x01\x02\u00e9".ToCharArray()).NonEmptyListOf().Select(string.Concat);
        var middle = word.Where(w => !w.StartsWith(':'));
        var trailing = Gen.Elements("a", " ", ":", "@", "  b").ArrayOf().Select(string.Concat);
        var spaces = Gen.Choose(1, 3).Select(n => new string(' ', n));
        var messages =
            from tags in Gen.Elements("", "@a=b ", "@+x;y=\\: ")
            from source in Gen.Elements("", ":a!b@c ", ":srv  ")
            from command in middle.Where(w => !w.StartsWith('@'))
            from parameters in middle.ListOf().Where(list => list.Count < 15)
            from space in spaces
            from last in trailing
            select (Line: $"{tags}{source}{command}{string.Concat(parameters.Select(p => space + p))}{space}:{last}",
                Parts: (string[])[command, .. parameters, last]);
        Prop.ForAll(Arb.From(messages), message => Parse(message.Line) == string.Join('|', message.Parts)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Parsing_allocates_nothing()
    {
        var line = Encoding.UTF8.GetBytes("@label=1;+draft/reply=abc :a!b@c PRIVMSG #main,#rust :Has anybody seen the otter today?");
        Allocation.AssertNone(() =>
        {
            Assert.True(IrcMessage.TryParse(line, out var message));
            Assert.True(message.Tags.TryGet("label"u8, out _));
            Assert.True(message[1].Length > 0);
        });
    }

    private static string? Parse(string line)
    {
        if (!IrcMessage.TryParse(Encoding.UTF8.GetBytes(line), out var message))
        {
            return null;
        }

        var parts = new List<string> { Encoding.UTF8.GetString(message.Command) };
        for (var i = 0; i < message.ParameterCount; i++)
        {
            parts.Add(Encoding.UTF8.GetString(message[i]));
        }

        return string.Join('|', parts);
    }
}
