using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Tests.Chat.Screen;

public sealed class WordWrapTests
{
    [Theory]
    [InlineData("one two three", 7, 0, "one two|three")]
    [InlineData("one two three", 8, 0, "one two|three")]
    [InlineData("one two three", 8, 2, "one two|  three")]
    [InlineData("one two", 3, 0, "one|two")]
    [InlineData("abcdefgh", 3, 0, "abc|def|gh")]
    [InlineData("a bcdefgh", 4, 0, "a|bcde|fgh")]
    [InlineData("", 5, 0, "")]
    [InlineData("日本語です", 5, 0, "日本|語で|す")]
    [InlineData("hi 日本", 5, 0, "hi 日|本")]
    [InlineData("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 4, 0, "👨‍👩‍👧👨‍👩‍👧|👨‍👩‍👧")]
    [InlineData("see https://a.example/b-c/d ok", 23, 0, "see|https://a.example/b-c/d|ok")]
    [InlineData("日", 1, 0, "日")]
    [InlineData("a  b", 10, 0, "a  b")]
    [InlineData("one two three", 5, 4, "one|two|three")]
    public void Rows_end_at_words(string text, int width, int indent, string rows) =>
        Assert.Equal(rows, string.Join('|', Rows(text, width, indent)));

    [Fact]
    public void No_row_is_wider_than_it_may_be_and_nothing_but_blanks_is_lost()
    {
        string[] pieces = ["a", "word", " ", "  ", "日", "👍", "e\u0301", "🇩🇪", "https://example.org/", "-"];
        var random = new Random(1);
        for (int count = 0; count < 500; count++)
        {
            string text = string.Concat(Enumerable.Range(0, 30).Select(_ => pieces[random.Next(pieces.Length)]));
            int width = random.Next(2, 30);
            IReadOnlyList<IReadOnlyList<Cell>> rows = WordWrap.Rows(CellText.Of(text, default), width, random.Next(8));

            Assert.All(rows, row => Assert.True(row.Sum(cell => cell.Width) <= width));
            Assert.Equal(
                text.Replace(" ", "", StringComparison.Ordinal),
                string.Concat(rows.SelectMany(row => row).Select(cell => cell.Text)).Replace(" ", "", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Rows(string text, int width, int indent) =>
        WordWrap.Rows(CellText.Of(text, default), width, indent).Select(row => string.Concat(row.Select(cell => cell.Text)).TrimEnd());
}
