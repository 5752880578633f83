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
    public async Task A_redaction_takes_the_place_of_its_message(bool tidied)
    {
        Store.Append([Said("main", 1, "a"), Said("main", 2, "secret") with { Tags = Encoding.UTF8.GetBytes("+x=secret") }, Said("main", 3, "c")]);
        if (tidied)
        {
            TidyUp();
        }

        Store.Append([Redaction("main", 2, "Olga", "spam")]);

        Assert.Equal(["a", "c"], await TextsAsync(new(Room("main"))));
        var all = await Store.ReadAsync(new(Room("main")) { IncludesEvents = true }, Token);
        AssertSame([Said("main", 1, "a"), Redaction("main", 2, "Olga", "spam") with { Time = Start.AddSeconds(2) }, Said("main", 3, "c")], all);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_redacted_is_found_no_more(bool tidied)
    {
        Store.Append([Said("main", 1, "red apple"), Said("main", 2, "green apple")]);
        if (tidied)
        {
            TidyUp();
        }

        Store.Append([Redaction("main", 1, "Olga", "an apple too many")]);

        Assert.Equal(["green apple"], await FindAsync("main", "apple"));
        TidyUp();
        Assert.Equal(["green apple"], await FindAsync("main", "apple"));
        Assert.Empty(await FindAsync("main", "red"));
    }

    [Fact]
    public async Task A_direct_message_is_redacted_between_its_two_ends()
    {
        Store.Append([Told("Ann", "Bob", 1, "secret"), Told("Ann", "Cyd", 2, "other"), Told("Bob", "Ann", 3, "what")]);

        Store.Append([Told("Ann", "Bob", 1, "") with { Kind = MessageKind.Redacted }]);

        Assert.Equal(["what"], await DirectTextsAsync("Bob", "Ann", new(default)));
        Assert.Equal(["other"], await DirectTextsAsync("Cyd", "Ann", new(default)));
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_redacted_and_nothing_is_wrong_with_that()
    {
        Store.Append([Said("main", 5, "a")]);

        Store.Append([Redaction("main", 3, "Olga", ""), Redaction("none", 1, "Olga", ""), Redaction("main", 99, "Olga", ""), Said("main", 6, "b")]);

        Assert.Equal(["a", "b"], await TextsAsync(new(Room("main")) { IncludesEvents = true }));
        Assert.Equal(6, await Store.LastNumberAsync(Room("main"), Token));
        Assert.Empty(await TextsAsync(new(Room("none")) { IncludesEvents = true }));
    }

    [Fact]
    public async Task A_message_and_its_redaction_may_come_in_one_batch()
    {
        Store.Append([Said("main", 1, "a"), Said("main", 2, "secret"), Redaction("main", 2, "Ann", "")]);

        Assert.Equal(["a"], await TextsAsync(new(Room("main"))));
    }

    [Fact]
    public async Task A_redaction_goes_with_the_retention_of_its_message()
    {
        Fill("main", 5);
        Store.Append([Redaction("main", 2, "Ann", ""), Redaction("main", 4, "Ann", "")]);

        TidyUp(new(TimeSpan.Zero, 3), Later);

        Assert.Equal(Numbers(3, 5), await NumbersAsync(new(Room("main")) { IncludesEvents = true }));
    }

    private static HistoryEntry Redaction(string room, long number, string by, string reason)
        => Said(room, number, reason, by) with { Kind = MessageKind.Redacted, Time = Start.AddDays(1), Origin = "~x@y" };
}
