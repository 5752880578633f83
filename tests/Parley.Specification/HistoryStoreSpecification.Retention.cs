using Xunit;

namespace Parley.Specification;

public abstract partial class HistoryStoreSpecification
{
    private static DateTimeOffset Later => Start.AddDays(1);

    [Fact]
    public async Task With_nothing_bounded_everything_stays()
    {
        Fill("main", 1000);

        TidyUp(new(TimeSpan.Zero, 0), Start.AddYears(50));

        Assert.Equal(Numbers(1, 1000), await NumbersAsync(new(Room("main")) { Limit = 2000 }));
    }

    [Fact]
    public async Task A_room_keeps_its_newest_messages_up_to_a_number()
    {
        Fill("main", 1000);
        Fill("small", 10);
        Store.Append([.. Enumerable.Range(1, 1000).Select(number => Told("Ann", "Bob", number, $"{number}"))]);

        TidyUp(new(TimeSpan.Zero, 20), Later);

        Assert.Equal(Numbers(981, 1000), await NumbersAsync(new(Room("main")) { Limit = 2000 }));
        Assert.Equal(Numbers(1, 10), await NumbersAsync(new(Room("small"))));
        Assert.Equal(20, (await Store.ReadDirectAsync(Anyone("Ann"), new(User("Bob")), new(default) { Limit = 2000 }, Token)).Count);
    }

    [Fact]
    public async Task Messages_past_an_age_are_gone()
    {
        Fill("main", 1000);
        Store.Append([Told("Ann", "Bob", 1, "old"), Told("Ann", "Bob", 1000, "new")]);

        TidyUp(new(TimeSpan.FromSeconds(10), 0), Start.AddSeconds(1000));

        Assert.Equal(Numbers(990, 1000), await NumbersAsync(new(Room("main")) { Limit = 2000 }));
        Assert.Equal(["new"], await DirectTextsAsync("Ann", "Bob", new(default)));

        TidyUp(new(TimeSpan.FromSeconds(10), 0), Later);
        Assert.Empty(await NumbersAsync(new(Room("main"))));
        Assert.Null(await Store.LastTimeAsync(Room("main"), Token));
    }

    [Fact]
    public async Task What_comes_after_tidying_up_is_tidied_up_the_next_time()
    {
        Fill("main", 5);
        TidyUp(new(TimeSpan.Zero, 3), Later);
        Store.Append([Said("main", 6, "x"), Said("main", 7, "x")]);

        TidyUp(new(TimeSpan.Zero, 3), Later);

        Assert.Equal(Numbers(5, 7), await NumbersAsync(new(Room("main"))));
    }

    [Fact]
    public async Task A_number_is_never_given_again_also_when_its_message_is_gone()
    {
        Fill("main", 5);
        TidyUp(new(TimeSpan.FromSeconds(1), 0), Later);

        Assert.Empty(await NumbersAsync(new(Room("main"))));
        Assert.Equal(5, await Store.LastNumberAsync(Room("main"), Token));
        Assert.Throws<ArgumentException>(() => Store.Append([Said("main", 5, "again")]));
    }

    [Fact]
    public async Task What_is_gone_is_not_found()
    {
        Store.Append([Said("main", 1, "red apple"), Said("main", 2, "green apple")]);
        TidyUp();
        Store.Append([Said("main", 3, "yellow apple")]);

        TidyUp(new(TimeSpan.Zero, 2), Later);

        Assert.Equal(["yellow apple", "green apple"], await FindAsync("main", "apple"));
        Assert.Empty(await FindAsync("main", "red"));
    }

    [Fact]
    public async Task What_was_never_indexed_can_go_too()
    {
        Store.Append([Said("main", 1, "red apple"), Said("main", 2, "green apple")]);

        TidyUp(new(TimeSpan.Zero, 1), Later);

        Assert.Equal(["green apple"], await FindAsync("main", "apple"));
    }

    [Fact]
    public async Task Ages_beyond_all_time_keep_everything()
    {
        Fill("main", 5);

        TidyUp(new(TimeSpan.FromDays(3_000_000), 0), Later);

        Assert.Equal(Numbers(1, 5), await NumbersAsync(new(Room("main"))));
    }

    [Fact]
    public void How_far_time_has_come_is_what_tidying_was_told_and_before_that_the_newest_message()
    {
        Assert.Null(Store.TidiedUntil);
        Fill("main", 5);
        TidyUp(new(TimeSpan.FromDays(1), 0), Later);
        Assert.Equal(Later, Store.TidiedUntil);
    }
}
