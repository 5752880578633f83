using System.Text;
using Parley.Core.Events;
using Parley.Core.History;
using Xunit;

namespace Parley.Specification;

public abstract partial class HistoryStoreSpecification
{
    [Fact]
    public async Task What_was_appended_is_read_as_it_was()
    {
        HistoryEntry[] entries =
        [
            new(Room("main"), 1, Start.AddTicks(1234567), User("Ann"), default, MessageKind.Text, Encoding.UTF8.GetBytes("grüße 🎉")),
            new(Room("main"), 2, Start.AddTicks(1234567), User("bob"), default, MessageKind.Action, Encoding.UTF8.GetBytes("waves")),
            new(Room("main"), 3, Start.AddDays(1), User("Ann"), default, MessageKind.Text, default),
        ];

        Store.Append(entries);

        AssertSame(entries, await Store.ReadAsync(new(Room("main")), Token));
    }

    [Fact]
    public async Task A_batch_may_be_of_many_rooms_and_of_direct_messages()
    {
        Store.Append([Said("one", 1, "a"), Said("two", 1, "b"), Told("Ann", "Bob", 1, "c"), Said("one", 2, "d")]);

        Assert.Equal(["a", "d"], await TextsAsync(new(Room("one"))));
        Assert.Equal(["b"], await TextsAsync(new(Room("two"))));
        Assert.Equal("c", TextOf(Assert.Single(await Store.ReadDirectAsync(Anyone("Ann"), new(User("Bob")), new(default), Token))));
    }

    [Fact]
    public async Task A_room_is_the_same_in_any_case()
    {
        Store.Append([Said("Main", 1, "a")]);
        Store.Append([Said("mAIN", 2, "b")]);

        Assert.Equal(["a", "b"], await TextsAsync(new(Room("MAIN"))));
        Assert.Equal(2, await Store.LastNumberAsync(Room("main"), Token));
    }

    [Fact]
    public async Task A_room_of_any_script_is_the_same_in_any_spelling()
    {
        Store.Append([Said("Кухня+Café", 1, "a"), Said("КУХНЯ+CAFE\u0301", 2, "b")]);
        Store.Append([Said("кухня+café", 3, "c"), Said("кухня+cafe", 1, "another")]);

        Assert.Equal(["a", "b", "c"], await TextsAsync(new(Room("КухнЯ+cafÉ"))));
        Assert.Equal(3, await Store.LastNumberAsync(Room("кухня+CAFÉ"), Token));
        Store.Append([Renamed("КУХНЯ+café", 4, "Стол")]);
        Assert.Equal(["a", "b", "c"], await TextsAsync(new(Room("стол"))));
    }

    [Fact]
    public async Task Authors_and_correspondents_are_found_in_any_spelling()
    {
        Store.Append([Said("main", 1, "a", "Zoë"), Said("main", 2, "b", "Иван"), Said("main", 3, "c", "ZOE\u0308"), Told("Zoë", "Иван", 1, "psst")]);
        for (var tidied = 0; tidied < 2; tidied++)
        {
            Assert.Equal(["a", "c"], await TextsAsync(new(Room("main")) { Author = User("zoë") }));
            Assert.Equal([3L, 1], await FoundAsync(new(Room("main"), "") { Author = User("zOË") }));
            Assert.Equal([2L], await FoundAsync(new(Room("main"), "") { Author = User("ИВАН") }));
            Assert.Empty(await TextsAsync(new(Room("main")) { Author = User("Zoe") }));
            Assert.Single(await Store.ReadDirectAsync(Anyone("Zoë"), new(User("ИВАН")), new(default), Token));
            TidyUp();
        }
    }

    [Fact]
    public async Task The_last_number_and_the_last_time_are_those_of_the_newest_message()
    {
        Assert.Equal(0, await Store.LastNumberAsync(Room("main"), Token));
        Assert.Equal(0, await Store.LastNumberAsync(default, Token));
        Assert.Null(await Store.LastTimeAsync(Room("main"), Token));
        Assert.Null(await Store.LastTimeAsync(default, Token));

        Store.Append([Said("other", 70, "x"), Said("main", 5, "a"), Said("main", 9, "b"), Told("Ann", "Bob", 3, "c")]);

        Assert.Equal(9, await Store.LastNumberAsync(Room("main"), Token));
        Assert.Equal(70, await Store.LastNumberAsync(Room("other"), Token));
        Assert.Equal(3, await Store.LastNumberAsync(default, Token));
        Assert.Equal(Start.AddSeconds(9), await Store.LastTimeAsync(Room("Main"), Token));
        Assert.Equal(Start.AddSeconds(70), await Store.LastTimeAsync(Room("other"), Token));
        Assert.Equal(Start.AddSeconds(3), await Store.LastTimeAsync(default, Token));
        Assert.Null(await Store.LastTimeAsync(Room("none"), Token));

        // Neither a life nor what was not said makes a message less the newest.
        Store.Append([Told("Ann", "Cyd", 80, "d"), Said("main", 10, "e") with { Life = new(7) }]);
        Assert.Equal(Start.AddSeconds(80), await Store.LastTimeAsync(default, Token));
        Assert.Equal(Start.AddSeconds(10), await Store.LastTimeAsync(Room("main"), Token));
    }

    [Fact]
    public async Task A_number_that_does_not_go_up_is_refused_with_its_whole_batch()
    {
        Store.Append([Said("main", 3, "a")]);

        Assert.Throws<ArgumentException>(() => Store.Append([Said("new", 1, "b"), Said("main", 4, "c"), Said("main", 4, "d")]));
        Assert.Throws<ArgumentException>(() => Store.Append([Said("main", 3, "e")]));

        Assert.Equal(["a"], await TextsAsync(new(Room("main"))));
        Assert.Equal(0, await Store.LastNumberAsync(Room("new"), Token));
        Store.Append([Said("new", 1, "f"), Said("main", 4, "g")]);
        Assert.Equal(["a", "g"], await TextsAsync(new(Room("main"))));
        Assert.Equal(["f"], await TextsAsync(new(Room("new"))));
    }

    [Fact]
    public async Task Nothing_appended_changes_nothing()
    {
        Store.Append([]);

        Assert.Equal(0, await Store.LastNumberAsync(Room("main"), Token));
        Assert.Null(await Store.LastTimeAsync(default, Token));
    }

    private static void AssertSame(IReadOnlyList<HistoryEntry> expected, IReadOnlyList<HistoryEntry> actual)
    {
        // A record compares the memory, not what is in it.
        Assert.Equal(
            expected.Select(entry => entry with { Text = default, Tags = default }), actual.Select(entry => entry with { Text = default, Tags = default }));
        Assert.Equal(expected.Select(entry => entry.Author.Value), actual.Select(entry => entry.Author.Value));
        Assert.Equal(expected.Select(TextOf), actual.Select(TextOf));
        Assert.Equal(expected.Select(entry => Encoding.UTF8.GetString(entry.Tags.Span)), actual.Select(entry => Encoding.UTF8.GetString(entry.Tags.Span)));
    }
}
