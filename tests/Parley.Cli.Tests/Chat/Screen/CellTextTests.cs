using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Tests.Chat.Screen;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("hello", 5)]
    [InlineData("grüße", 5)]
    [InlineData("e\u0301", 1)]
    [InlineData("日本語", 6)]
    [InlineData("한국어", 6)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("ﾊﾝｶｸ", 4)]
    [InlineData("👍", 2)]
    [InlineData("👍🏽", 2)]
    [InlineData("👨‍👩‍👧", 2)]
    [InlineData("🇩🇪", 2)]
    [InlineData("❤", 1)]
    [InlineData("❤\uFE0F", 2)]
    [InlineData("1\uFE0F\u20E3", 2)]
    [InlineData("\u200B", 0)]
    [InlineData("", 0)]
    public void Text_is_as_wide_as_terminals_draw_it(string text, int width)
    {
        Assert.Equal(width, CellText.WidthOf(text));
        Assert.Equal(width, CellText.Of(text, default).Sum(cell => cell.Width));
    }

    [Theory]
    [InlineData("a\tb", "a b")]
    [InlineData("a\e[31mb\u009b1m\u0007", "a[31mb1m")]
    [InlineData("safe\u202Eevil\u2066", "safeevil")]
    [InlineData("one\u2028two\u2029three\u200F\u061C", "onetwothree")]
    [InlineData("\u0645\u06CC\u200C\u062E \U0001F468\u200D\U0001F469", "\u0645\u06CC\u200C\u062E \U0001F468\u200D\U0001F469")]
    public void What_could_drive_the_terminal_or_turn_a_line_around_is_left_out(string text, string clean) =>
        Assert.Equal(clean, CellText.Clean(text));

    [Fact]
    public void A_name_has_one_colour_in_any_spelling() => Assert.Equal(NameColour.Of("Ana"), NameColour.Of("aNA"));

    [Theory]
    [InlineData("see https://example.org/a?b=c#d.", "https://example.org/a?b=c#d")]
    [InlineData("(http://example.org/x)", "http://example.org/x")]
    [InlineData("no link: example.org", "")]
    [InlineData("https://en.wikipedia.org/wiki/Rust_(band)", "https://en.wikipedia.org/wiki/Rust_(band)")]
    [InlineData("(see https://en.wikipedia.org/wiki/Rust_(band)).", "https://en.wikipedia.org/wiki/Rust_(band)")]
    [InlineData("[a](https://example.org/[x])", "https://example.org/[x]")]
    [InlineData("http://[::1]:8080/ and {http://[::1]}", "http://[::1]:8080/ http://[::1]")]
    [InlineData("\u770B\u300Chttps://example.org/\u300D\u3002", "https://example.org/")]
    [InlineData("https://... http://) https://", "")]
    [InlineData("two http://a.example, https://b.example!", "http://a.example https://b.example")]
    public void Links_are_found_without_the_signs_around_them(string text, string links)
    {
        (string Text, bool IsLink)[] parts = [.. Links.Split(text)];
        Assert.Equal(links, string.Join(' ', parts.Where(part => part.IsLink).Select(part => part.Text)));
        Assert.Equal(text, string.Concat(parts.Select(part => part.Text)));
    }
}
