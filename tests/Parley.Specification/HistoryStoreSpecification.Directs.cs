using Parley.Core.History;
using Xunit;

namespace Parley.Specification;

public abstract partial class HistoryStoreSpecification
{
    [Fact]
    public async Task Direct_messages_are_those_between_two_whoever_wrote()
    {
        HistoryEntry[] theirs = [Told("Ann", "Bob", 1, "a"), Told("bob", "ann", 3, "b"), Told("ANN", "Bob", 5, "c")];
        Store.Append([theirs[0], Told("Ann", "Cyd", 2, "x"), theirs[1], Told("Cyd", "Bob", 4, "y"), theirs[2]]);

        AssertSame(theirs, await Store.ReadDirectAsync(Anyone("Ann"), new(User("Bob")), new(default), Token));
        AssertSame(theirs, await Store.ReadDirectAsync(Anyone("BOB"), new(User("ann")), new(default), Token));
        Assert.Empty(await Store.ReadDirectAsync(Anyone("Ann"), new(User("Dan")), new(default), Token));
    }

    [Fact]
    public async Task What_one_wrote_to_oneself_is_between_one_and_oneself()
    {
        Store.Append([Told("Ann", "Ann", 1, "note"), Told("Ann", "Bob", 2, "hi")]);

        Assert.Equal(["note"], await DirectTextsAsync("Ann", "ann", new(default)));
    }

    [Fact]
    public async Task Direct_messages_are_paged_as_rooms_are()
    {
        for (var number = 1; number <= 30; number++)
        {
            Store.Append([number % 2 == 0 ? Told("Ann", "Bob", number, $"{number}") : Told("Bob", "Ann", number, $"{number}")]);
        }

        Assert.Equal(["29", "30"], await DirectTextsAsync("Ann", "Bob", new(default) { Limit = 2 }));
        Assert.Equal(["6", "7"], await DirectTextsAsync("Ann", "Bob", new(default) { Limit = 2, After = 5, Oldest = true }));
        Assert.Equal(["8", "9"], await DirectTextsAsync("Ann", "Bob", new(default) { Limit = 2, Before = 10 }));
        Assert.Equal(["12", "13"], await DirectTextsAsync("Ann", "Bob", new(default) { Since = Start.AddSeconds(12), Until = Start.AddSeconds(14) }));
    }

    private async Task<string[]> DirectTextsAsync(string one, string other, HistoryQuery query)
        => [.. (await Store.ReadDirectAsync(Anyone(one), new(User(other)), query, Token)).Select(TextOf)];
}
