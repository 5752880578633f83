using System.Text;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Server.Lines;
using Parley.TestKit;

namespace Parley.Server.Tests.Lines;

public sealed class HistoryArgumentTests
{
    private static readonly RoomName Main = RoomName.TryParse("main", out var name) ? name : default;

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Nothing_is_the_last_page() => Assert.Equal(new HistoryQuery(Main) { Limit = 100 }, Parse(""));

    [Theory]
    [InlineData("5", 5)]
    [InlineData("100", 100)]
    [InlineData("100000", 100)]
    [InlineData("99999999999999999999", 100)]
    public void A_number_is_so_many_as_far_as_a_page_goes(string text, int limit)
        => Assert.Equal(new HistoryQuery(Main) { Limit = limit }, Parse(text));

    [Fact]
    public void A_page_goes_on_from_a_number()
    {
        Assert.Equal(new HistoryQuery(Main) { Limit = 100, Before = 1234 }, Parse("before #1234"));
        Assert.Equal(new HistoryQuery(Main) { Limit = 100, After = 1234, Oldest = true }, Parse("after #1234"));
    }

    [Fact]
    public void A_time_is_the_last_one_that_the_clock_showed()
    {
        var now = _time.GetLocalNow();
        var past = now.AddMinutes(-5);
        var later = now.AddMinutes(5);
        Assert.Equal(Minute(past), Parse($"since {past:HH:mm}")!.Since);
        Assert.Equal(Minute(later).AddDays(-1), Parse($"since {later:HH:mm}")!.Since);
        Assert.Equal(Minute(past), Parse($"before {past:HH:mm}")!.Until);
    }

    [Fact]
    public void A_date_is_its_beginning_and_may_have_a_time()
    {
        Assert.Equal(At(2026, 11, 20, 0, 0), Parse("since 2026-11-20")!.Since);
        Assert.Equal(At(2026, 11, 20, 22, 15), Parse("before  2026-11-20 22:15")!.Until);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("all")]
    [InlineData("since")]
    [InlineData("since yesterday")]
    [InlineData("since 25:00")]
    [InlineData("before #")]
    [InlineData("before #x")]
    [InlineData("after 10:30")]
    [InlineData("since #5")]
    [InlineData("since 2026-02-30")]
    public void Anything_else_makes_no_sense(string text) => Assert.Null(Parse(text));

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.Year, time.Month, time.Day, time.Hour, time.Minute, 0, time.Offset);

    private DateTimeOffset At(int year, int month, int day, int hour, int minute)
    {
        var local = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Unspecified);
        return new DateTimeOffset(local, _time.LocalTimeZone.GetUtcOffset(local));
    }

    [Theory]
    [InlineData("since 0001-01-01")]
    [InlineData("before 0001-01-01 00:00")]
    [InlineData("since 9999-12-31")]
    [InlineData("before 9999-12-31 23:59")]
    public void A_time_at_the_end_of_the_calendar_is_one_in_every_time_zone(string argument)
    {
        foreach (var hours in new[] { -14, -5, 0, 9, 14 })
        {
            _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(hours), "test", "test"));
            var query = Parse(argument)!;
            Assert.InRange((query.Since ?? query.Until)!.Value, DateTimeOffset.MinValue.AddDays(1), DateTimeOffset.MaxValue.AddDays(-1));
        }
    }

    private HistoryQuery? Parse(string text) => HistoryArgument.Parse(Encoding.UTF8.GetBytes(text), Main, page: 100, _time);
}
