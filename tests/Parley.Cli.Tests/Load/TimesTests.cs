using Parley.Cli.Load;

namespace Parley.Cli.Tests.Load;

public sealed class TimesTests
{
    [Theory]
    [InlineData("500ms", 500, "500ms")]
    [InlineData("2s", 2000, "2s")]
    [InlineData("1.5s", 1500, "1.5s")]
    [InlineData("60s", 60_000, "1m")]
    [InlineData("2m", 120_000, "2m")]
    [InlineData("24h", 86_400_000, "24h")]
    [InlineData("0s", 0, "0s")]
    public void A_time_is_read_as_people_write_it(string text, double milliseconds, string written)
    {
        Assert.True(TimeAmount.TryParse(text, out TimeAmount time));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), time.Value);
        Assert.Equal(written, time.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1e3s")]
    [InlineData("1 s")]
    [InlineData("25h")]
    [InlineData("9999999999999999999999999999h")]
    public void What_is_no_time_is_not_read(string text) => Assert.False(TimeAmount.TryParse(text, out _));

    [Theory]
    [InlineData("2s-4s", 2000, 4000, "2s-4s")]
    [InlineData("100-200ms", 100, 200, "100ms-200ms")]
    [InlineData("900ms-1s", 900, 1000, "900ms-1s")]
    [InlineData("1.5-2.5s", 1500, 2500, "1.5s-2.5s")]
    [InlineData("3s", 3000, 3000, "3s")]
    [InlineData("0s", 0, 0, "0s")]
    public void A_range_has_its_unit_once_or_twice(string text, double min, double max, string written)
    {
        Assert.True(TimeRange.TryParse(text, out TimeRange range));
        Assert.Equal((min, max), (range.Min.Value.TotalMilliseconds, range.Max.Value.TotalMilliseconds));
        Assert.Equal(written, range.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-1s")]
    [InlineData("1s-")]
    [InlineData("4s-2s")]
    [InlineData("1-2")]
    [InlineData("1s-2s-3s")]
    public void What_is_no_range_is_not_read(string text) => Assert.False(TimeRange.TryParse(text, out _));

    [Fact]
    public void A_time_drawn_from_a_range_is_within_it_and_all_of_it_is_used()
    {
        var range = TimeRange.FromSeconds(2, 4);
        var random = new Random(1);
        double[] drawn = [.. Enumerable.Range(0, 1000).Select(_ => range.Draw(random).TotalSeconds)];

        Assert.All(drawn, seconds => Assert.InRange(seconds, 2, 4));
        Assert.True(drawn.Min() < 2.1 && drawn.Max() > 3.9);
    }
}
