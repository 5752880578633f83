using Parley.Core.History;
using Parley.Specification;

namespace Parley.Core.Tests.History;

public sealed class MemoryHistoryStoreTests : HistoryStoreSpecification
{
    protected override IHistoryStore CreateStore() => new MemoryHistoryStore(int.MaxValue, int.MaxValue);

    [Fact]
    public async Task A_room_keeps_no_more_than_its_bound()
    {
        await using var store = new MemoryHistoryStore(maxMessagesPerRoom: 3);
        store.Append([Said("one", 1, "a"), Said("one", 2, "b"), Said("two", 1, "x"), Said("one", 3, "c"), Said("one", 4, "d")]);

        Assert.Equal(["b", "c", "d"], await TextsAsync(store, "one"));
        Assert.Equal(["x"], await TextsAsync(store, "two"));
        Assert.Equal(4, await store.LastNumberAsync(Room("one"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task All_rooms_together_keep_no_more_than_their_bound_and_the_oldest_go()
    {
        await using var store = new MemoryHistoryStore(maxMessages: 3);
        store.Append([Said("one", 1, "a"), Said("two", 1, "x"), Said("one", 2, "b"), Told("Ann", "Bob", 1, "hi")]);

        Assert.Equal(["b"], await TextsAsync(store, "one"));
        store.Append([Said("one", 3, "c")]);

        Assert.Empty(await TextsAsync(store, "two"));
        Assert.Equal(["b", "c"], await TextsAsync(store, "one"));
        Assert.Equal(1, await store.LastNumberAsync(Room("two"), TestContext.Current.CancellationToken));
    }

    private static async Task<string[]> TextsAsync(MemoryHistoryStore store, string room)
        => [.. (await store.ReadAsync(new(Room(room)), TestContext.Current.CancellationToken)).Select(TextOf)];
}
