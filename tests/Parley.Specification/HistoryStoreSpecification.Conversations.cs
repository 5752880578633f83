using Parley.Core.Events;
using Parley.Core.History;
using Xunit;

namespace Parley.Specification;

public abstract partial class HistoryStoreSpecification
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Conversations_are_those_of_a_user_in_the_order_of_their_last_message(bool tidied)
    {
        Store.Append(
        [
            Told("Ann", "Bob", 1, "a"), Told("Cyd", "Ann", 2, "b"), Told("bOB", "Ann", 3, "c"), Told("Cyd", "Bob", 4, "d"), Said("main", 1, "e"),
            Told("Ann", "Ann", 5, "note"), Told("Annabel", "Dan", 6, "f"), Told("Dan", "Joann", 7, "g"),
        ]);
        if (tidied)
        {
            TidyUp();
        }

        Assert.Equal(["Cyd 2", "bOB 3", "Ann 5"], await ConversationsAsync(Anyone("ann"), new(default)));
        Assert.Equal(["Ann 3", "Cyd 4"], await ConversationsAsync(Anyone("Bob"), new(default)));
        Assert.Empty(await ConversationsAsync(Anyone("Eve"), new(default)));
    }

    [Fact]
    public async Task Conversations_are_bounded_in_time_and_number()
    {
        Store.Append([Told("Ann", "B1", 1, "a"), Told("Ann", "B2", 2, "a"), Told("Ann", "B3", 3, "a"), Told("B1", "Ann", 4, "a")]);

        Assert.Equal(["B3 3", "B1 4"], await ConversationsAsync(Anyone("Ann"), new(default) { Since = Start.AddSeconds(3) }));
        Assert.Equal(["B2 2"], await ConversationsAsync(Anyone("Ann"), new(default) { Until = Start.AddSeconds(3) }));
        Assert.Equal(["B1 4"], await ConversationsAsync(Anyone("Ann"), new(default) { Limit = 1 }));
        Assert.Equal(["B2 2"], await ConversationsAsync(Anyone("Ann"), new(default) { Limit = 1, Oldest = true }));
    }

    [Fact]
    public async Task Whoever_takes_a_name_is_shown_no_direct_messages_of_whoever_wore_it_before()
    {
        Store.Append([Told("Bob", "Ann", 1, "old"), Told("Ann", "Bob", 2, "old too"), Told("Cyd", "Ann", 3, "old"), Told("Bob", "Ann", 4, "new")]);
        var ann = new DirectReader(User("Ann"), Start.AddSeconds(4));

        Assert.Equal(["new"], await DirectTextsAsync(ann, "Bob", new(default)));
        Assert.Equal(["new"], await DirectTextsAsync(ann, "Bob", new(default) { Limit = 1, Oldest = true }));
        Assert.Equal(["Bob 4"], await ConversationsAsync(ann, new(default)));
        TidyUp();
        Assert.Equal(["new"], await DirectTextsAsync(ann, "Bob", new(default)));
        Assert.Equal(["Bob 4"], await ConversationsAsync(ann, new(default)));
    }

    [Fact]
    public async Task Whoever_has_proven_an_account_is_shown_what_was_said_to_and_by_it_whenever()
    {
        Store.Append(
        [
            Told("Bob", "Ann", 1, "to another"), Told("Bob", "Ann", 2, "to it") with { RecipientAccount = User("Anna") },
            Told("Ann", "Bob", 3, "by it") with { Account = User("anna") }, Told("Ann", "Bob", 4, "by yet another") with { Account = User("Olga") },
            Told("Bob", "Ann", 5, "by a namesake of the account") with { Account = User("Anna") }, Told("Bob", "Ann", 6, "now"),
        ]);
        var ann = new DirectReader(User("Ann"), Start.AddSeconds(6), User("Anna"));

        Assert.Equal(["to it", "by it", "now"], await DirectTextsAsync(ann, "Bob", new(default)));
        Assert.Equal(["to it"], await DirectTextsAsync(ann, "Bob", new(default) { Limit = 1, Oldest = true }));
        TidyUp();
        Assert.Equal(["to it", "by it", "now"], await DirectTextsAsync(ann, "Bob", new(default)));
        Assert.Equal(["now"], await DirectTextsAsync(ann with { Account = default }, "Bob", new(default)));
    }

    [Fact]
    public async Task A_reaction_is_no_conversation()
    {
        Store.Append([Told("Bob", "Ann", 1, "a"), Told("Bob", "Ann", 2, "") with { Kind = MessageKind.Tags }, Told("Cyd", "Ann", 3, "") with { Kind = MessageKind.Tags }]);

        Assert.Equal(["Bob 1"], await ConversationsAsync(Anyone("Ann"), new(default)));
    }

    private async Task<IEnumerable<string>> ConversationsAsync(DirectReader reader, HistoryQuery query)
        => (await Store.ListConversationsAsync(reader, query, Token)).Select(each => $"{each.With} {(each.LastTime - Start).TotalSeconds}");

    private async Task<string[]> DirectTextsAsync(DirectReader reader, string other, HistoryQuery query)
        => [.. (await Store.ReadDirectAsync(reader, User(other), query, Token)).Select(TextOf)];
}
