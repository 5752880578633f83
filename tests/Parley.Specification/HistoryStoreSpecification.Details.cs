using System.Text;
using Parley.Core.Events;
using Parley.Core.History;
using Xunit;

namespace Parley.Specification;

public abstract partial class HistoryStoreSpecification
{
    [Fact]
    public async Task What_was_known_of_an_author_and_the_tags_are_read_as_they_were()
    {
        HistoryEntry[] entries =
        [
            Said("main", 1, "a") with { Origin = "~ann@cloak.ip" },
            Said("main", 2, "b") with { Origin = "lines@parley" },
            Said("main", 3, "c") with { Origin = "user@parley", Account = User("Anna") },
            Said("main", 4, "d") with { Origin = "1@x", Tags = Encoding.UTF8.GetBytes("+draft/reply=main.1;+x=\\:ü") },
            Said("main", 5, "e"),
        ];

        Store.Append(entries);

        AssertSame(entries, await Store.ReadAsync(new(Room("main")), Token));
        TidyUp();
        AssertSame(entries, await Store.ReadAsync(new(Room("main")), Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_kept_with_a_life_of_the_room_is_read_in_that_life_only(bool tidied)
    {
        var (one, two) = (new RoomLife(1), new RoomLife(2));
        Store.Append(
        [
            Said("main", 1, "apple open"), Said("main", 2, "apple one") with { Life = one }, Said("main", 3, "apple two") with { Life = two },
            Said("main", 4, "gone") with { Life = one }, Said("main", 4, "why") with { Kind = MessageKind.Redacted },
        ]);
        if (tidied)
        {
            TidyUp();
        }

        async Task<string[]> ReadAsync(RoomLife life) => [.. (await Store.ReadAsync(new(Room("main")) { Life = life, IncludesEvents = true }, Token)).Select(TextOf)];
        async Task<IEnumerable<string>> FindIn(RoomLife life) => (await FindAsync(new(Room("main"), "apple") { Life = life })).Order();
        Assert.Equal(["apple open"], await ReadAsync(default));
        Assert.Equal(["apple open", "apple one", "why"], await ReadAsync(one));
        Assert.Equal(["apple open", "apple two"], await ReadAsync(two));
        Assert.Equal(["apple open", "apple one", "apple two", "why"], await ReadAsync(RoomLife.All));
        Assert.Equal(["apple open"], await FindIn(default));
        Assert.Equal(["apple one", "apple open"], await FindIn(one));
        Assert.Equal(["apple one", "apple open", "apple two"], await FindIn(RoomLife.All));
    }

    [Fact]
    public async Task What_was_known_of_a_recipient_is_read_as_it_was()
    {
        HistoryEntry[] entries =
        [
            Told("Ann", "Bob", 1, "a") with { Origin = "~ann@x", Account = User("Anna"), RecipientAccount = User("Bobby") },
            Told("Bob", "Ann", 2, "b") with { RecipientAccount = User("Anna") },
        ];

        Store.Append(entries);

        AssertSame(entries, await Store.ReadDirectAsync(Anyone("Ann"), new(User("Bob")), new(default), Token));
    }

    [Fact]
    public async Task An_entry_is_found_by_its_number()
    {
        Store.Append([Said("main", 1, "a"), Said("main", 5, "b"), Happened("main", 6, MessageKind.Joined), Said("main", 9, "c")]);

        Assert.Equal(["b"], await TextsAsync(HistoryQuery.One(Room("main"), 5)));
        Assert.Equal(MessageKind.Joined, Assert.Single(await Store.ReadAsync(HistoryQuery.One(Room("main"), 6), Token)).Kind);
        Assert.Empty(await TextsAsync(HistoryQuery.One(Room("main"), 7)));
        Assert.Empty(await TextsAsync(HistoryQuery.One(Room("none"), 5)));
    }

    [Fact]
    public async Task Only_what_one_user_wrote_is_read_if_so_asked()
    {
        Store.Append([.. Enumerable.Range(1, 40).Select(number => Said("main", number, $"{number}", number % 4 == 0 ? "Ann" : "Bob"))]);
        TidyUp();
        Store.Append([Said("main", 41, "41", "ann"), Said("main", 42, "42", "Bob")]);

        Assert.Equal(["36", "40", "41"], await TextsAsync(new(Room("main")) { Author = User("ANN"), Limit = 3 }));
        Assert.Equal(["4", "8"], await TextsAsync(new(Room("main")) { Author = User("Ann"), Limit = 2, Oldest = true }));
        Assert.Empty(await TextsAsync(new(Room("main")) { Author = User("Cyd") }));
    }

    [Fact]
    public async Task A_search_may_be_bounded_in_time_and_to_one_author()
    {
        Store.Append([.. Enumerable.Range(1, 10).Select(number => Said("main", number, $"apple {number}", number % 2 == 0 ? "Ann" : "Bob"))]);
        TidyUp();
        Store.Append([Said("main", 11, "apple 11", "Bob"), Said("main", 12, "apple 12", "Ann")]);
        var search = new HistorySearch(Room("main"), "apple");

        Assert.Equal(["apple 12", "apple 10", "apple 8"], await FindAsync(search with { Author = User("ann"), Limit = 3 }));
        Assert.Equal(["apple 12", "apple 11", "apple 10"], await FindAsync(search with { Since = Start.AddSeconds(10) }));
        Assert.Equal(["apple 2", "apple 1"], await FindAsync(search with { Until = Start.AddSeconds(3) }));
        Assert.Equal(["apple 11"], await FindAsync(search with { Since = Start.AddSeconds(11), Until = Start.AddSeconds(12) }));
    }
}
