using System.Text;
using Parley.Core.Events;
using Parley.Core.History;
using Xunit;

namespace Parley.Specification;

public abstract partial class HistoryStoreSpecification
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_not_said_in_words_is_read_only_when_asked_for(bool tidied)
    {
        FillWithEvents();
        if (tidied)
        {
            TidyUp();
        }

        Assert.Equal([1, 5, 9, 10], await NumbersAsync(new(Room("main"))));
        Assert.Equal(Numbers(1, 10), await NumbersAsync(new(Room("main")) { IncludesEvents = true }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_is_full_of_messages_however_much_happened_between_them(bool tidied)
    {
        FillWithEvents();
        if (tidied)
        {
            TidyUp();
        }

        Assert.Equal([5, 9, 10], await NumbersAsync(new(Room("main")) { Limit = 3 }));
        Assert.Equal([1, 5], await NumbersAsync(new(Room("main")) { Limit = 2, Oldest = true }));
        Assert.Equal([1, 5], await NumbersAsync(new(Room("main")) { Limit = 2, Before = 9 }));
        Assert.Equal([8, 9, 10], await NumbersAsync(new(Room("main")) { Limit = 3, IncludesEvents = true }));
        Assert.Equal([2, 3], await NumbersAsync(new(Room("main")) { After = 1, Limit = 2, Oldest = true, IncludesEvents = true }));
        Assert.Equal([5], await NumbersAsync(new(Room("main")) { Since = Start.AddSeconds(4), Until = Start.AddSeconds(9) }));
    }

    [Fact]
    public async Task What_happened_is_numbered_with_what_was_said()
    {
        FillWithEvents();
        Store.Append([Happened("main", 11, MessageKind.Quit, "bye")]);

        Assert.Equal(11, await Store.LastNumberAsync(Room("main"), Token));
        Assert.Throws<ArgumentException>(() => Store.Append([Said("main", 11, "x")]));
    }

    [Fact]
    public async Task What_happened_has_no_words_to_look_for()
    {
        Store.Append([Said("main", 1, "red apple"), Happened("main", 2, MessageKind.Topic, "apple pie"), Happened("main", 3, MessageKind.Tags, "")]);

        Assert.Equal(["red apple"], await FindAsync("main", "apple"));
        TidyUp();
        Assert.Equal(["red apple"], await FindAsync("main", "apple"));
    }

    [Fact]
    public async Task What_happened_goes_when_it_is_past_its_retention()
    {
        FillWithEvents();

        TidyUp(new(TimeSpan.Zero, 4), Later);

        Assert.Equal(Numbers(7, 10), await NumbersAsync(new(Room("main")) { IncludesEvents = true }));
    }

    private static HistoryEntry Happened(string room, long number, MessageKind kind, string text = "x")
        => Said(room, number, text) with { Kind = kind, Tags = kind == MessageKind.Tags ? Encoding.UTF8.GetBytes("+draft/react=x") : default };

    /// <summary>Ten entries, of which 1, 5, 9 and 10 were said.</summary>
    private void FillWithEvents() => Store.Append(
    [
        Said("main", 1, "a"), Happened("main", 2, MessageKind.Joined), Happened("main", 3, MessageKind.Renamed), Happened("main", 4, MessageKind.Tags, ""),
        Happened("main", 5, MessageKind.Notice), Happened("main", 6, MessageKind.Topic), Happened("main", 7, MessageKind.Kicked),
        Happened("main", 8, MessageKind.Modes), Happened("main", 9, MessageKind.Action), Said("main", 10, "b"),
    ]);
}
