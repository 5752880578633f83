using Parley.Core.Accounts;
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

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Conversations_are_bounded_in_time_and_number(int tidied)
    {
        var all = new[] { Told("Ann", "B1", 1, "a"), Told("Ann", "B2", 2, "a"), Told("Ann", "B3", 3, "a"), Told("B1", "Ann", 4, "a") };
        Store.Append(all.AsSpan(0, tidied));
        TidyUp();
        Store.Append(all.AsSpan(tidied));

        Assert.Equal(["B3 3", "B1 4"], await ConversationsAsync(Anyone("Ann"), new(default) { Since = Start.AddSeconds(3) }));
        Assert.Equal(["B2 2"], await ConversationsAsync(Anyone("Ann"), new(default) { Until = Start.AddSeconds(3) }));
        Assert.Equal(["B1 4"], await ConversationsAsync(Anyone("Ann"), new(default) { Limit = 1 }));
        Assert.Equal(["B2 2"], await ConversationsAsync(Anyone("Ann"), new(default) { Limit = 1, Oldest = true }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_takes_a_name_is_shown_no_direct_messages_of_whoever_wore_it_before(bool tidied)
    {
        var now = Guest("another Ann");
        Store.Append(
        [
            Told("Bob", "Ann", 1, "old"), Told("Ann", "Bob", 2, "old too"), Told("Cyd", "Ann", 3, "old"),
            Told("Bob", "Ann", 4, "new") with { RecipientId = now },
        ]);
        if (tidied)
        {
            TidyUp();
        }

        var ann = new DirectReader(now);
        Assert.Equal(["new"], await DirectTextsAsync(ann, "Bob", new(default)));
        Assert.Equal(["new"], await DirectTextsAsync(ann, "Bob", new(default) { Limit = 1, Oldest = true }));
        Assert.Equal(["Bob 4"], await ConversationsAsync(ann, new(default)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_said_to_and_by_an_account_is_its_own_under_whatever_names(bool tidied)
    {
        var (anna, bob) = (Proven("Anna", 1), Identity.Of(new AccountId(2)));
        var annas = Identity.Of(anna.Id);
        Store.Append(
        [
            Told("Bob", "Ann", 1, "to another"), Told("Bob", "Ann", 2, "to it") with { RecipientId = annas, AuthorId = bob },
            Told("Ann-phone", "Bobby", 3, "by it") with { AuthorId = annas, RecipientId = bob }, Told("Ann", "Bob", 4, "by yet another"),
            Told("Bob", "Anna", 5, "to a namesake"), Told("Bob", "Eve", 6, "as a guest"),
        ]);
        if (tidied)
        {
            TidyUp();
        }

        var reader = new DirectReader(Guest("Eve"), anna);
        Assert.Equal(["to it", "by it", "as a guest"], await DirectTextsAsync(reader, new Correspondent(User("Bob"), bob), new(default)));
        Assert.Equal(["to it"], await DirectTextsAsync(reader, new Correspondent(User("Bob"), bob), new(default) { Limit = 1, Oldest = true }));
        Assert.Equal(["by it"], await DirectTextsAsync(reader, "Bobby", new(default)));
        Assert.Equal(["Bobby 3", "Bob 6"], await ConversationsAsync(reader, new(default)));
        Assert.Equal(["as a guest"], await DirectTextsAsync(reader with { Login = null }, new Correspondent(User("Bob"), bob), new(default)));
        Assert.Empty(await DirectTextsAsync(reader with { Guest = default, Login = Proven("Anna", 3) }, new Correspondent(User("Bob"), bob), new(default)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_kept_before_identities_were_belongs_to_the_account_that_it_names_if_that_is_old_enough(bool tidied)
    {
        static HistoryEntry Old(HistoryEntry entry) => entry with { AuthorId = default, RecipientId = default };

        Store.Append(
        [
            Old(Told("Bob", "Ann", 1, "to a guest")), Old(Told("Bob", "Ann", 2, "to it")) with { RecipientAccount = User("anna") },
            Old(Told("Ann", "Bob", 3, "by it")) with { Account = User("Anna") }, Old(Told("Ann", "Bob", 4, "by another")) with { Account = User("Olga") },
            Told("Bob", "Anna", 5, "now") with { RecipientId = Identity.Of(new AccountId(1)), RecipientAccount = User("Anna") },
        ]);
        if (tidied)
        {
            TidyUp();
        }

        var reader = new DirectReader(Guest("x"), Proven("Anna", 1));
        Assert.Equal(["to it", "by it", "now"], await DirectTextsAsync(reader, "Bob", new(default)));
        Assert.Equal(["by it", "now"], await DirectTextsAsync(reader, "Bob", new(default) { Limit = 2 }));
        Assert.Equal(["Bob 5"], await ConversationsAsync(reader, new(default)));
        var madeAnew = new ProvenAccount(new AccountId(9), User("Anna"), Start.AddSeconds(3));
        Assert.Equal(["by it"], await DirectTextsAsync(reader with { Login = madeAnew }, "Bob", new(default)));
        Assert.Empty(await DirectTextsAsync(reader with { Login = null }, "Bob", new(default)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conversation_with_somebody_who_took_another_name_is_found_by_either(bool tidied)
    {
        Store.Append([Told("Ann", "Pete", 1, "a"), Told("Petra", "Ann", 2, "b") with { AuthorId = Guest("Pete") }, Told("Eve", "Ann", 3, "c")]);
        if (tidied)
        {
            TidyUp();
        }

        Assert.Equal(["a", "b"], await DirectTextsAsync(Anyone("Ann"), new Correspondent(User("Petra"), Guest("Pete")), new(default)));
        Assert.Equal(["a"], await DirectTextsAsync(Anyone("Ann"), "Pete", new(default)));
        Assert.Equal(["b"], await DirectTextsAsync(Anyone("Ann"), "Petra", new(default)));
    }

    [Fact]
    public async Task A_reaction_is_no_conversation()
    {
        Store.Append([Told("Bob", "Ann", 1, "a"), Told("Bob", "Ann", 2, "") with { Kind = MessageKind.Tags }, Told("Cyd", "Ann", 3, "") with { Kind = MessageKind.Tags }]);

        Assert.Equal(["Bob 1"], await ConversationsAsync(Anyone("Ann"), new(default)));
    }

    private async Task<IEnumerable<string>> ConversationsAsync(DirectReader reader, HistoryQuery query)
        => (await Store.ListConversationsAsync(reader, query, Token)).Select(each => $"{each.With} {(each.LastTime - Start).TotalSeconds}");

    private Task<string[]> DirectTextsAsync(DirectReader reader, string other, HistoryQuery query)
        => DirectTextsAsync(reader, new Correspondent(User(other)), query);

    private async Task<string[]> DirectTextsAsync(DirectReader reader, Correspondent other, HistoryQuery query)
        => [.. (await Store.ReadDirectAsync(reader, other, query, Token)).Select(TextOf)];
}
