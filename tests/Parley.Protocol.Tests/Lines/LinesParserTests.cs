using System.Text;
using Parley.Protocol.Lines;

namespace Parley.Protocol.Tests.Lines;

public sealed class LinesParserTests
{
    [Theory]
    [InlineData("/help", "help", "")]
    [InlineData("/join rust", "join", "rust")]
    [InlineData("/join   rust  ", "join", "rust")]
    [InlineData("/msg Bob hello  there ", "msg", "Bob hello  there")]
    [InlineData("/helpme", "helpme", "")]
    [InlineData("/help me", "help", "me")]
    [InlineData("/JOIN rust", "JOIN", "rust")]
    [InlineData("/", "", "")]
    [InlineData("/ help", "", "help")]
    [InlineData("/quit ", "quit", "")]
    public void A_command_is_the_whole_word_after_a_slash(string line, string command, string argument)
    {
        var request = LinesParser.Parse(Encoding.UTF8.GetBytes(line));
        Assert.True(request.IsCommand);
        Assert.Equal(command, Encoding.UTF8.GetString(request.Command));
        Assert.Equal(argument, Encoding.UTF8.GetString(request.Argument));
        Assert.Equal(line, Encoding.UTF8.GetString(request.Text));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData(" /help")]
    [InlineData("and/or")]
    public void Any_other_line_is_text_as_it_stands(string line)
    {
        var request = LinesParser.Parse(Encoding.UTF8.GetBytes(line));
        Assert.False(request.IsCommand);
        Assert.True(request.Command.IsEmpty);
        Assert.True(request.Argument.IsEmpty);
        Assert.Equal(line, Encoding.UTF8.GetString(request.Text));
    }

    [Theory]
    [InlineData("//quit", "/quit")]
    [InlineData("//", "/")]
    [InlineData("///", "//")]
    [InlineData("// a  b ", "/ a  b ")]
    public void Two_slashes_begin_text_with_one(string line, string text)
    {
        var request = LinesParser.Parse(Encoding.UTF8.GetBytes(line));
        Assert.False(request.IsCommand);
        Assert.Equal(text, Encoding.UTF8.GetString(request.Text));
    }

    [Theory]
    [InlineData("Bob hello  there", "Bob", "hello  there")]
    [InlineData("  Bob   hello", "Bob", "hello")]
    [InlineData("Bob", "Bob", "")]
    [InlineData("Bob ", "Bob", "")]
    [InlineData("", "", "")]
    [InlineData("  ", "", "")]
    public void An_argument_is_taken_apart_word_by_word(string argument, string word, string rest)
    {
        ReadOnlySpan<byte> remaining = Encoding.UTF8.GetBytes(argument);
        Assert.Equal(word, Encoding.UTF8.GetString(LinesParser.TakeWord(ref remaining)));
        Assert.Equal(rest, Encoding.UTF8.GetString(remaining));
    }

    [Fact]
    public void Parsing_does_not_allocate() =>
        Allocation.AssertNone(() =>
        {
            var rest = LinesParser.Parse("/msg Bob hello"u8).Argument;
            LinesParser.TakeWord(ref rest);
        });
}
