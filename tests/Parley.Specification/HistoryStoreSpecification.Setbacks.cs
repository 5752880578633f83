using Parley.Core.History;
using Xunit;

namespace Parley.Specification;

/// <summary>Times may run backwards along the numbers of a room: an export of a database whose clock was set back is imported as it is.</summary>
public abstract partial class HistoryStoreSpecification
{
    /// <summary>Seconds of the messages 1 to 12: the clock was set back by an hour before the fifth, and put right before the ninth.</summary>
    private static readonly int[] SetBack = [3601, 3602, 3603, 3604, 5, 6, 7, 8, 3609, 3610, 3611, 3612];

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(12)]
    public async Task Messages_past_an_age_are_gone_also_behind_younger_ones(int tidied)
    {
        AppendSetBack(tidied);

        TidyUp(new(TimeSpan.FromMinutes(10), 0), Start.AddSeconds(3612));

        Assert.Equal([1L, 2, 3, 4, 9, 10, 11, 12], await NumbersAsync(new(Room("main"))));
        Assert.Equal(12, await Store.LastNumberAsync(Room("main"), Token));

        TidyUp(new(TimeSpan.FromMinutes(10), 0), Start.AddSeconds(3603 + 600));
        Assert.Equal([3L, 4, 9, 10, 11, 12], await NumbersAsync(new(Room("main"))));

        Store.Append([Said("main", 13, "x") with { Time = Start.AddSeconds(3605) }, Said("main", 14, "x") with { Time = Start.AddSeconds(3620) }]);
        TidyUp(new(TimeSpan.FromMinutes(10), 0), Start.AddSeconds(3606 + 600));
        Assert.Equal([9L, 10, 11, 12, 14], await NumbersAsync(new(Room("main"))));
        Assert.Equal([9L, 10, 11, 12], await NumbersAsync(new(Room("main")) { Until = Start.AddSeconds(3620) }));

        TidyUp(new(TimeSpan.FromMinutes(10), 0), Later);
        Assert.Empty(await NumbersAsync(new(Room("main"))));
        Assert.Throws<ArgumentException>(() => Store.Append([Said("main", 14, "again")]));
    }

    [Fact]
    public async Task Direct_messages_past_an_age_are_gone_also_behind_younger_ones()
    {
        Store.Append([.. SetBack.Select((second, index) => Told("Ann", "Bob", index + 1, $"{index + 1}") with { Time = Start.AddSeconds(second) })]);

        TidyUp(new(TimeSpan.FromMinutes(10), 0), Start.AddSeconds(3612));

        Assert.Equal(["1", "2", "3", "4", "9", "10", "11", "12"], await DirectTextsAsync("Ann", "Bob", new(default)));
    }

    [Fact]
    public async Task An_age_and_a_number_bound_a_room_whose_times_go_back_at_once()
    {
        AppendSetBack(12);

        TidyUp(new(TimeSpan.FromMinutes(10), 10), Start.AddSeconds(3612));

        Assert.Equal([3L, 4, 9, 10, 11, 12], await NumbersAsync(new(Room("main"))));
    }

    [Fact]
    public async Task Where_times_go_back_often_everything_past_an_age_is_gone_in_small_steps()
    {
        // Each second message is an hour older than the one ahead of it: thousands of setbacks.
        Store.Append([.. Enumerable.Range(1, 6000).Select(number => Said("main", number, "x") with { Time = Start.AddSeconds(number - (number % 2 == 0 ? 7200 : 0)) })]);
        TidyUp();

        TidyUp(new(TimeSpan.FromMinutes(100), 0), Start.AddSeconds(6000));

        Assert.Equal(Enumerable.Range(1, 3000).Select(index => (2L * index) - 1), await NumbersAsync(new(Room("main")) { Limit = 10_000 }));
        Assert.Equal([3L, 5], await NumbersAsync(new(Room("main")) { Since = Start.AddSeconds(2), Limit = 2, Oldest = true }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(12)]
    public async Task A_time_bounds_a_page_by_each_messages_own_time_in_the_order_of_numbers(int tidied)
    {
        AppendSetBack(tidied);

        // From inside the part of before, of that under the wrong clock, and of that behind it.
        Assert.Equal([2L, 3, 4, 9, 10, 11, 12], await NumbersAsync(new(Room("main")) { Since = Start.AddSeconds(3602) }));
        Assert.Equal([6L, 7, 8], await NumbersAsync(new(Room("main")) { Since = Start.AddSeconds(6), Until = Start.AddSeconds(3601) }));
        Assert.Equal([1L, 5, 6, 7, 8], await NumbersAsync(new(Room("main")) { Until = Start.AddSeconds(3602) }));
        Assert.Equal([1L, 2, 3, 4, 5, 6, 7, 8, 9], await NumbersAsync(new(Room("main")) { Until = Start.AddSeconds(3610) }));
        Assert.Empty(await NumbersAsync(new(Room("main")) { Since = Start.AddSeconds(9), Until = Start.AddSeconds(3601) }));

        // The limit counts from the end that is asked for, and bounds of numbers hold as well.
        Assert.Equal([7L, 8], await NumbersAsync(new(Room("main")) { Until = Start.AddSeconds(3602), Limit = 2 }));
        Assert.Equal([1L, 5], await NumbersAsync(new(Room("main")) { Until = Start.AddSeconds(3602), Limit = 2, Oldest = true }));
        Assert.Equal([4L, 9, 10], await NumbersAsync(new(Room("main")) { Since = Start.AddSeconds(3602), After = 3, Limit = 3, Oldest = true }));
        Assert.Equal([1L, 5, 6], await NumbersAsync(new(Room("main")) { Until = Start.AddSeconds(3602), Before = 7 }));
    }

    [Fact]
    public async Task Pages_by_number_within_a_time_show_each_message_once_where_times_go_back()
    {
        AppendSetBack(6);
        var seen = new List<long>();

        for (var before = long.MaxValue;
            (await NumbersAsync(new(Room("main")) { Until = Start.AddSeconds(3611), Before = before, Limit = 3 })).ToArray() is [var first, ..] page;
            before = first)
        {
            seen.InsertRange(0, page);
        }

        Assert.Equal(Numbers(1, 10), seen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(12)]
    public async Task Direct_messages_and_searches_are_bounded_by_each_messages_own_time(int tidied)
    {
        AppendSetBack(tidied);
        Store.Append([.. SetBack.Select((second, index) => Told("Ann", "Bob", index + 1, $"{index + 1}") with { Time = Start.AddSeconds(second) })]);

        Assert.Equal(["1", "5", "6", "7", "8"], await DirectTextsAsync("Ann", "Bob", new(default) { Until = Start.AddSeconds(3602) }));
        var search = new HistorySearch(Room("main"), "word");
        Assert.Equal([8L, 7, 6, 5, 1], await FoundAsync(search with { Until = Start.AddSeconds(3602) }));
        Assert.Equal([4L, 9, 10], await FoundAsync(search with { Since = Start.AddSeconds(3604), Oldest = true, Limit = 3 }));
        Assert.Equal([8L, 7], await FoundAsync(search with { Since = Start.AddSeconds(7), Until = Start.AddSeconds(3601) }));
    }

    [Fact]
    public async Task What_goes_back_in_the_same_batch_as_a_renaming_is_found_by_its_time()
    {
        Store.Append(
        [
            Said("main", 1, "1") with { Time = Start.AddHours(1) }, Renamed("main", 2, "other") with { Time = Start.AddHours(1) },
            Said("other", 3, "3") with { Time = Start },
        ]);
        TidyUp();

        Assert.Equal([3L], await NumbersAsync(new(Room("other")) { Until = Start.AddMinutes(1) }));
    }

    /// <summary>Appends the messages of <see cref="SetBack"/>, the first of them tidied up before the others come.</summary>
    private void AppendSetBack(int tidied)
    {
        var all = SetBack.Select((second, index) => Said("main", index + 1, $"word {index + 1}") with { Time = Start.AddSeconds(second) }).ToArray();
        Store.Append(all.AsSpan(0, tidied));
        TidyUp();
        Store.Append(all.AsSpan(tidied));
    }
}
