using System.Text;
using Parley.Core.Text;
using Xunit;

namespace Parley.Core.Tests.Text;

/// <summary>Patterns of a room's word filter.</summary>
public sealed class WordPatternTests
{
    [Theory]
    [InlineData("spam", "this is spam!", true)]
    [InlineData("spam", "SPAM", true)]
    [InlineData("spam", "spammer", false)]
    [InlineData("spam", "antispam", false)]
    [InlineData("spam", "sp\u200Bam", true)]
    [InlineData("spam", "s\u0002pa\u00034,5m", true)]
    [InlineData("spam", "", false)]
    [InlineData("spam*", "spammer", true)]
    [InlineData("spam*", "antispam", false)]
    [InlineData("*spam", "antispam", true)]
    [InlineData("*spam", "spammer", false)]
    [InlineData("*spam*", "xxspamxx", true)]
    [InlineData("buy*now", "buy it right now", true)]
    [InlineData("buy*now", "now buy", false)]
    [InlineData("buy*now", "buy nowhere", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*a", "a a", true)]
    [InlineData("spam.example*", "see https://spam.example/path", true)]
    [InlineData("spam.example*", "spamexample", false)]
    [InlineData("*.example", "see shop.example", true)]
    [InlineData("*.example", "shopexample", false)]
    [InlineData("cafe", "Café", true)]
    [InlineData("straße", "STRASSE", true)]
    [InlineData("*広告*", "これは広告です", true)]
    [InlineData("one", "line\none\nmore", true)]
    public void A_pattern_stands_for_whole_words_unless_it_has_stars(string pattern, string text, bool isRefused)
    {
        Assert.True(WordPattern.TryParse(pattern, out var parsed));

        Assert.Equal(isRefused ? parsed : null, new WordFilter([parsed]).Find(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("**")]
    [InlineData("...")]
    [InlineData("two words")]
    [InlineData("b?d")]
    [InlineData(":colon")]
    [InlineData("bell\a")]
    [InlineData("tab\tbed")]
    public void What_would_refuse_everything_or_could_not_be_shown_is_no_pattern(string? text) => Assert.False(WordPattern.TryParse(text, out _));

    [Fact]
    public void A_pattern_has_64_bytes_at_most()
    {
        Assert.True(WordPattern.TryParse(new string('a', 64), out _));
        Assert.True(WordPattern.TryParse(new string('é', 32), out _));
        Assert.False(WordPattern.TryParse(new string('a', 65), out _));
        Assert.False(WordPattern.TryParse(new string('é', 33), out _));
    }

    [Fact]
    public void What_is_not_utf8_parts_words()
    {
        Assert.True(WordPattern.TryParse("spam", out var pattern));

        Assert.Same(pattern, new WordFilter([pattern]).Find([0xFF, .. "spam"u8, 0xC3]));
        Assert.Null(new WordFilter([pattern]).Find([.. "sp"u8, 0xFF, .. "am"u8]));
    }

    [Fact]
    public void Of_several_patterns_the_first_that_matches_is_told()
    {
        Assert.True(WordPattern.TryParse("ham", out var ham));
        Assert.True(WordPattern.TryParse("spam", out var spam));

        Assert.Same(ham, new WordFilter([ham, spam]).Find("spam and ham"u8));
        Assert.Same(spam, new WordFilter([ham, spam]).Find("spam and eggs"u8));
    }
}
