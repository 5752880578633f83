using Xunit;

namespace Parley.Specification;

public abstract partial class HistoryStoreSpecification
{
    [Fact]
    public async Task The_newest_come_by_default_oldest_first()
    {
        Fill("main", 30);

        Assert.Equal(Numbers(11, 30), await NumbersAsync(new(Room("main"))));
        Assert.Equal(Numbers(28, 30), await NumbersAsync(new(Room("main")) { Limit = 3 }));
        Assert.Empty(await NumbersAsync(new(Room("main")) { Limit = 0 }));
        Assert.Empty(await NumbersAsync(new(Room("other"))));
    }

    [Fact]
    public async Task The_oldest_come_when_asked_for()
    {
        Fill("main", 30);

        Assert.Equal(Numbers(1, 3), await NumbersAsync(new(Room("main")) { Limit = 3, Oldest = true }));
        Assert.Equal(Numbers(8, 10), await NumbersAsync(new(Room("main")) { Limit = 3, Oldest = true, After = 7 }));
    }

    [Fact]
    public async Task Bounds_of_numbers_are_outside_of_the_page()
    {
        Fill("main", 30);

        Assert.Equal(Numbers(21, 30), await NumbersAsync(new(Room("main")) { After = 20, Limit = 100 }));
        Assert.Equal(Numbers(1, 4), await NumbersAsync(new(Room("main")) { Before = 5, Limit = 100 }));
        Assert.Equal(Numbers(11, 14), await NumbersAsync(new(Room("main")) { After = 10, Before = 15, Limit = 100 }));
        Assert.Empty(await NumbersAsync(new(Room("main")) { After = 10, Before = 11 }));
        Assert.Empty(await NumbersAsync(new(Room("main")) { After = long.MaxValue }));
        Assert.Empty(await NumbersAsync(new(Room("main")) { Before = -1 }));
        Assert.Equal(Numbers(1, 30), await NumbersAsync(new(Room("main")) { After = long.MinValue, Limit = int.MaxValue }));
    }

    [Fact]
    public async Task Pages_backwards_from_the_newest_show_each_message_once()
    {
        Fill("main", 100);
        var seen = new List<long>();

        for (var before = long.MaxValue; (await NumbersAsync(new(Room("main")) { Before = before, Limit = 7 })).ToArray() is [var first, ..] page; before = first)
        {
            seen.InsertRange(0, page);
        }

        Assert.Equal(Numbers(1, 100), seen);
    }

    [Fact]
    public async Task A_time_bounds_a_page_from_it_on_and_up_to_it()
    {
        Fill("main", 30);

        Assert.Equal(Numbers(25, 30), await NumbersAsync(new(Room("main")) { Since = Start.AddSeconds(25) }));
        Assert.Equal(Numbers(26, 30), await NumbersAsync(new(Room("main")) { Since = Start.AddSeconds(25).AddTicks(1) }));
        Assert.Equal(Numbers(1, 9), await NumbersAsync(new(Room("main")) { Until = Start.AddSeconds(10) }));
        Assert.Equal(Numbers(1, 10), await NumbersAsync(new(Room("main")) { Until = Start.AddSeconds(10).AddTicks(1) }));
        Assert.Equal(
            Numbers(12, 13),
            await NumbersAsync(new(Room("main")) { Since = Start.AddSeconds(10), Until = Start.AddSeconds(15), After = 11, Before = 14 }));
        Assert.Empty(await NumbersAsync(new(Room("main")) { Since = Start.AddYears(1) }));
        Assert.Empty(await NumbersAsync(new(Room("main")) { Until = Start }));
    }

    [Fact]
    public async Task A_time_is_found_among_numbers_with_gaps_and_equal_times()
    {
        Store.Append(
        [
            .. new long[] { 3, 4, 1000, 1001, 1002, 500_000_000 }
                .Select((number, index) => Said("main", number, "x") with { Time = Start.AddHours(index / 2) }),
        ]);

        Assert.Equal([1000, 1001, 1002, 500_000_000], await NumbersAsync(new(Room("main")) { Since = Start.AddHours(1) }));
        Assert.Equal([3, 4], await NumbersAsync(new(Room("main")) { Until = Start.AddHours(1) }));
        Assert.Equal([1002, 500_000_000], await NumbersAsync(new(Room("main")) { Since = Start.AddMinutes(61) }));
    }

    [Fact]
    public async Task Rooms_keep_to_themselves()
    {
        for (var number = 1; number <= 20; number++)
        {
            Store.Append([Said("one", number, "1"), Said("two", number, "2"), Told("Ann", "Bob", number, "3")]);
        }

        Assert.All(await TextsAsync(new(Room("one")) { Limit = 100 }), text => Assert.Equal("1", text));
        Assert.Equal(Numbers(1, 20), await NumbersAsync(new(Room("two")) { Limit = 100 }));
        Assert.Equal(Numbers(15, 20), await NumbersAsync(new(Room("two")) { Since = Start.AddSeconds(15) }));
    }

    private static IEnumerable<long> Numbers(int first, int last) => Enumerable.Range(first, last - first + 1).Select(number => (long)number);
}
