using System.Text;
using Parley.Core.Events;
using Parley.Core.History;
using Xunit;

namespace Parley.Specification;

public abstract partial class HistoryStoreSpecification
{
    /// <summary>The entry with which a room takes another name.</summary>
    protected static HistoryEntry Renamed(string room, long number, string newName)
        => Said(room, number, $"{room} {newName}") with { Kind = MessageKind.RoomRenamed };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task History_follows_a_room_to_its_new_name(bool tidied)
    {
        Store.Append([Said("plan", 1, "apple one"), Said("plan", 2, "apple two")]);
        if (tidied)
        {
            TidyUp();
        }

        Store.Append([Renamed("plan", 3, "plan2")]);

        Assert.Equal(["apple one", "apple two"], await TextsAsync(new(Room("plan2"))));
        Assert.Equal(["apple two", "apple one"], await FindAsync("plan2", "apple"));
        Assert.Empty(await TextsAsync(new(Room("plan"))));
        Assert.Empty(await FindAsync("plan", "apple"));
        Store.Append([Said("plan2", 4, "apple three"), Said("plan", 4, "anew")]);
        TidyUp();
        Assert.Equal(["apple one", "apple two", "apple three"], await TextsAsync(new(Room("plan2"))));
        Assert.Equal(["anew"], await TextsAsync(new(Room("plan"))));
    }

    [Fact]
    public async Task What_stands_behind_a_renaming_in_a_batch_is_of_the_rooms_that_have_their_names_by_then()
    {
        Store.Append(
        [
            Said("plan", 1, "one"), Said("else", 1, "elsewhere"), Renamed("plan", 2, "plan2"), Said("plan2", 3, "three"), Said("plan", 3, "anew"),
            Renamed("plan2", 4, "plan3"), Said("plan3", 5, "five"), Said("plan2", 5, "anew, too"), Said("else", 2, "still"),
        ]);

        Assert.Equal(["one", "three", "five"], await TextsAsync(new(Room("plan3"))));
        Assert.Equal(["anew"], await TextsAsync(new(Room("plan"))));
        Assert.Equal(["anew, too"], await TextsAsync(new(Room("plan2"))));
        Assert.Equal(["elsewhere", "still"], await TextsAsync(new(Room("else"))));
        Store.Append([Said("plan3", 1, "") with { Kind = MessageKind.Redacted }]);
        Assert.Equal(["three", "five"], await TextsAsync(new(Room("plan3"))));
    }

    [Fact]
    public async Task A_batch_with_a_renaming_is_kept_whole_or_not_at_all()
    {
        Store.Append([Said("plan", 1, "one")]);

        Assert.Throws<ArgumentException>(() => Store.Append([Renamed("plan", 2, "plan2"), Said("plan2", 2, "a number that was given")]));

        Assert.Equal(["one"], await TextsAsync(new(Room("plan"))));
        Assert.Empty(await TextsAsync(new(Room("plan2"))));
        Assert.Equal((1L, 0L), (await Store.LastNumberAsync(Room("plan"), Token), await Store.LastNumberAsync(Room("plan2"), Token)));
        Assert.Empty(await Store.FormerNamesAsync(Room("plan2"), Token));
        Store.Append([Said("plan", 2, "two")]);
        Assert.Equal(["one", "two"], await TextsAsync(new(Room("plan"))));
    }

    [Fact]
    public async Task A_store_tells_the_names_that_a_room_had()
    {
        Store.Append([Said("one", 1, "a"), Renamed("one", 2, "two"), Said("two", 3, "b"), Renamed("two", 4, "ONE"), Said("ONE", 5, "c")]);

        var names = await Store.FormerNamesAsync(Room("one"), Token);

        Assert.Equal([("one", 2L), ("two", 4L)], names.Select(name => (name.Name.Value, name.LastNumber)));
        Assert.Equal(names.Select(name => name.Until), names.Select(name => name.Until).Order());
        Assert.Empty(await Store.FormerNamesAsync(Room("two"), Token));
        Assert.Empty(await Store.FormerNamesAsync(Room("never"), Token));
        var all = await Store.ReadAsync(new(Room("one")) { IncludesEvents = true }, Token);
        Assert.Equal(["a", "one two", "b", "two ONE", "c"], all.Select(entry => Encoding.UTF8.GetString(entry.Text.Span)));
    }

    [Fact]
    public async Task A_store_tells_where_what_was_said_under_a_name_is_now()
    {
        Store.Append([Said("one", 1, "a"), Renamed("one", 2, "two"), Renamed("two", 3, "three"), Said("one", 3, "another room"), Said("plain", 1, "b")]);
        var renamed = (await Store.FormerNamesAsync(Room("three"), Token))[0].Until;

        Assert.Equal(["three"], (await Store.LaterNamesAsync(Room("ONE"), renamed, Token)).Select(name => name.Value));
        Assert.Equal(["three"], (await Store.LaterNamesAsync(Room("two"), DateTimeOffset.MinValue, Token)).Select(name => name.Value));
        Assert.Empty(await Store.LaterNamesAsync(Room("one"), renamed + TimeSpan.FromTicks(10), Token));
        Assert.Empty(await Store.LaterNamesAsync(Room("plain"), DateTimeOffset.MinValue, Token));

        // What is set aside is nobody's.
        Store.Append([Renamed("one", 4, "three")]);
        Assert.Equal(["three"], (await Store.LaterNamesAsync(Room("one"), DateTimeOffset.MinValue, Token)).Select(name => name.Value));
        Assert.Empty(await Store.LaterNamesAsync(Room("two"), DateTimeOffset.MinValue, Token));
    }

    [Fact]
    public async Task No_number_is_given_twice_under_either_name_of_a_renamed_room()
    {
        Store.Append([Said("one", 1, "a"), Said("one", 5, "b"), Said("two", 9, "c")]);

        Store.Append([Renamed("one", 6, "two")]);

        Assert.Equal((9L, 9L), (await Store.LastNumberAsync(Room("one"), Token), await Store.LastNumberAsync(Room("two"), Token)));
        Assert.Throws<ArgumentException>(() => Store.Append([Said("two", 7, "again")]));
        Assert.Throws<ArgumentException>(() => Store.Append([Said("one", 9, "again")]));
    }

    [Fact]
    public async Task What_a_name_had_before_another_room_took_it_is_read_by_nobody_and_removed_in_its_time()
    {
        Store.Append([Said("mine", 1, "open"), Said("vault", 1, "secret")]);
        TidyUp();

        Store.Append([Renamed("mine", 2, "vault")]);

        Assert.Equal(["open"], await TextsAsync(new(Room("vault"))));
        Assert.Empty(await FindAsync("vault", "secret"));
        Assert.Equal(["open"], await TextsAsync(new(Room("Vault"))));
        Store.Append([Renamed("vault", 3, "mine")]);
        Assert.Empty(await TextsAsync(new(Room("vault"))));
        Assert.Equal(["open"], await TextsAsync(new(Room("mine"))));
        TidyUp(new Retention(TimeSpan.FromSeconds(1), 0), Start.AddDays(1));
        Assert.Empty(await TextsAsync(new(Room("mine"))));
        Assert.Null(await Store.LastTimeAsync(Room("mine"), Token));
        Assert.Null(await Store.LastTimeAsync(Room("vault"), Token));
    }
}
