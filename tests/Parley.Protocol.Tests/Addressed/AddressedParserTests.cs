using System.Text;
using Parley.Protocol.Addressed;

namespace Parley.Protocol.Tests.Addressed;

public sealed class AddressedParserTests
{
    [Theory]
    [InlineData("bob: hello", "bob", "hello")]
    [InlineData("alice, bob: hi!", "alice|bob", "hi!")]
    [InlineData("  alice ,\tbob  :  hi  ", "alice|bob", "hi")]
    [InlineData("bob:hello: world", "bob", "hello: world")]
    [InlineData(",, bob ,: x", "bob", "x")]
    [InlineData("bob, bob: x", "bob|bob", "x")]
    [InlineData("bob:", "bob", "")]
    [InlineData("not a name: x", "not a name", "x")]
    public void A_line_is_split_at_the_first_colon_and_at_commas(string line, string recipients, string text)
    {
        Assert.Equal(AddressedError.None, AddressedParser.TryParse(Encoding.UTF8.GetBytes(line), 20, out var parsed));
        var found = new List<string>();
        foreach (var recipient in parsed.Recipients)
        {
            found.Add(Encoding.UTF8.GetString(recipient));
        }

        Assert.Equal(recipients.Split('|'), found);
        Assert.Equal(text, Encoding.UTF8.GetString(parsed.Text));
    }

    [Theory]
    [InlineData("", AddressedError.NoColon)]
    [InlineData("hello", AddressedError.NoColon)]
    [InlineData("alice, bob", AddressedError.NoColon)]
    [InlineData(": hello", AddressedError.NoRecipient)]
    [InlineData(" , \t,: hello", AddressedError.NoRecipient)]
    [InlineData("a, b, c, d: hello", AddressedError.TooManyRecipients)]
    [InlineData("a, a, a, a: hello", AddressedError.TooManyRecipients)]
    [InlineData("a,,, b, c,: hello", AddressedError.None)]
    public void What_is_wrong_is_told(string line, AddressedError expected)
    {
        Assert.Equal(expected, AddressedParser.TryParse(Encoding.UTF8.GetBytes(line), maxRecipients: 3, out var parsed));
        Assert.Equal(expected == AddressedError.None, !parsed.Text.IsEmpty);
    }

    [Fact]
    public void Parsing_does_not_allocate() =>
        Allocation.AssertNone(() =>
        {
            AddressedParser.TryParse("alice, bob: hi"u8, 20, out var parsed);
            foreach (var recipient in parsed.Recipients)
            {
                _ = recipient.Length;
            }
        });
}
