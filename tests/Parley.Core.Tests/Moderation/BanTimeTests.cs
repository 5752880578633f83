using Parley.Core.Moderation;

namespace Parley.Core.Tests.Moderation;

public sealed class BanTimeTests
{
    [Theory]
    [InlineData("30m", 30)]
    [InlineData("2d", 2 * 24 * 60)]
    [InlineData("1d12h", 36 * 60)]
    [InlineData("1W", 7 * 24 * 60)]
    [InlineData("2mo", 60 * 24 * 60)]
    [InlineData("1y", 365 * 24 * 60)]
    [InlineData("90s30s", 2)]
    [InlineData("100y", 36_500 * 24 * 60)]
    public void A_time_is_read(string text, int minutes)
    {
        Assert.True(BanTime.TryParse(text, out var time));
        Assert.Equal(TimeSpan.FromMinutes(minutes), time);
        Assert.True(BanTime.TryParse(BanTime.Of(time), out var again));
        Assert.Equal(time, again);
    }

    [Theory]
    [InlineData("99999999999d", true)]
    [InlineData("36501d", true)]
    [InlineData("0d", true)]
    [InlineData("-1d", true)]
    [InlineData("1d12h", true)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData("too", false)]
    [InlineData("3rd", false)]
    [InlineData("2", false)]
    [InlineData("m", false)]
    public void A_word_is_meant_as_a_time_or_not(string word, bool isMeant) => Assert.Equal(isMeant, BanTime.LooksLike(word));

    [Theory]
    [InlineData("forever")]
    [InlineData("FOREVER")]
    [InlineData("0")]
    public void Forever_is_no_time(string text)
    {
        Assert.True(BanTime.TryParse(text, out var time));
        Assert.Null(time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("30")]
    [InlineData("30x")]
    [InlineData("-1d")]
    [InlineData("1.5h")]
    [InlineData("0s")]
    [InlineData("101y")]
    [InlineData("2147483647y")]
    [InlineData("99999999999d")]
    [InlineData("60y60y")]
    [InlineData("1d ")]
    public void Anything_else_is_refused(string text) => Assert.False(BanTime.TryParse(text, out _));
}
