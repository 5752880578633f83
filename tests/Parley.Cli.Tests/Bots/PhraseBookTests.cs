using Parley.Cli.Bots;
using Parley.Protocol.Lines;

namespace Parley.Cli.Tests.Bots;

public sealed class PhraseBookTests
{
    public static TheoryData<string> Books => [.. PhraseBook.Themes, "simple", "stress"];

    [Theory]
    [MemberData(nameof(Books))]
    public void Every_line_is_a_message_that_a_server_takes_and_clients_know(string name)
    {
        PhraseBook book = PhraseBook.Open(name);
        for (int number = 0; number < 2000; number++)
        {
            string line = book.Line(seed: 7, number);
            Assert.InRange(line.Length, 1, 390);
            Assert.DoesNotContain(line, c => c is < ' ' or > '~' or '{' or '}' or '[' or ']');
            Assert.NotEqual('/', line[0]);
            Assert.Equal(new ServerLine(ServerLineKind.Message, "Bob", line), ServerLineParser.Parse($"Bob: {line}"));
        }
    }

    [Theory]
    [MemberData(nameof(Books))]
    public void The_same_line_of_the_same_bot_is_always_the_same_and_those_of_two_bots_are_not(string name)
    {
        string[] one = Lines(name, seed: 1);

        Assert.Equal(one, Lines(name, seed: 1));
        Assert.NotEqual(one, Lines(name, seed: 2));
        Assert.True(one.Distinct(StringComparer.Ordinal).Count() > 10, string.Join('\n', one));
    }

    [Fact]
    public void A_line_begins_with_a_capital_and_has_its_slots_filled()
    {
        string[] lines = Lines("harbour", seed: 3);

        Assert.All(lines, line => Assert.True(char.IsUpper(line[0]), line));
        Assert.Contains(lines, line => line.Contains("the night ferry", StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Lines(string name, int seed)
    {
        PhraseBook book = PhraseBook.Open(name);
        return [.. Enumerable.Range(0, 100).Select(number => book.Line(seed, number))];
    }
}
