using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task A_direct_message_reaches_its_recipient_and_is_shown_to_its_author()
    {
        var ann = await SignInAsync("Ann");
        var bob = await SignInAsync("Bob");

        Assert.Empty(await ann.TellAsync("hi", "bob"));

        await bob.MustSeeAsync("Ann to you: hi");
        await ann.MustSeeAsync("you to Bob: hi");
    }

    [Fact]
    public async Task A_direct_message_reaches_all_who_are_here_and_names_those_who_are_not()
    {
        var ann = await SignInAsync("Ann");
        var bob = await SignInAsync("Bob");
        var cyd = await SignInAsync("Cyd");

        Assert.Equal(["Dan", "Eve"], await ann.TellAsync("hi", "Dan", "Bob", "Eve", "Cyd"));

        await AllSeeAsync([bob, cyd], "Ann to you: hi");
        await ann.MustSeeAsync("you to Bob: hi", "you to Cyd: hi");
    }

    [Fact]
    public async Task A_recipient_that_is_named_twice_gets_it_once()
    {
        var ann = await SignInAsync("Ann");
        var bob = await SignInAsync("Bob");

        Assert.Equal(["Nobody"], await ann.TellAsync("1", "Bob", "bOb", "Nobody", "nobody", "Bob"));
        await ann.TellAsync("2", "Bob");

        await bob.MustSeeAsync("Ann to you: 1", "Ann to you: 2");
    }

    [Fact]
    public async Task One_can_write_to_oneself()
    {
        var ann = await SignInAsync("Ann");

        Assert.Empty(await ann.TellAsync("hi", "Ann"));

        await ann.MustSeeAsync("Ann to you: hi", "you to Ann: hi");
    }

    [Fact]
    public async Task Whoever_has_renamed_itself_is_reached_by_the_new_name_only()
    {
        var ann = await SignInAsync("Ann");
        var bob = await SignInAsync("Bob");
        await bob.RenameAsync("Rob");

        Assert.Equal(["Bob"], await ann.TellAsync("1", "Bob"));
        Assert.Empty(await ann.TellAsync("2", "Rob"));

        await bob.MustSeeAsync("-| Bob is now Rob", "Ann to you: 2");
    }

    [Fact]
    public async Task Whoever_has_signed_out_is_not_here()
    {
        var ann = await SignInAsync("Ann");
        var bob = await SignInAsync("Bob");

        await bob.SignOutAsync();

        Assert.Equal(["Bob"], await ann.TellAsync("hi", "Bob"));
    }

    [Fact]
    public async Task Whoever_takes_no_more_is_not_here()
    {
        var ann = await SignInAsync("Ann");
        var bob = await SignInAsync("Bob");

        bob.Session.Outbox.Complete();

        // Until it has got about, what is said to him is lost with his connection.
        while (await ann.TellAsync("hi", "Bob") is not ["Bob"])
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Two_recipients_of_the_same_direct_messages_get_them_the_same_way_round()
    {
        const int MessagesEach = 200;
        var authors = new[] { await SignInAsync("Ann"), await SignInAsync("Bob"), await SignInAsync("Cyd") };
        var first = await SignInAsync("First");
        var second = await SignInAsync("Second");

        await Task.WhenAll(authors.Select((author, number) => Task.Run(async () =>
        {
            for (var i = 0; i < MessagesEach; i++)
            {
                Assert.Empty(await author.TellAsync($"{i}", number == 0 ? ["First", "Second"] : ["Second", "First"]));
            }
        })));

        Assert.Equal(await first.NextAsync(authors.Length * MessagesEach), await second.NextAsync(authors.Length * MessagesEach));
    }

    [Fact]
    public async Task A_direct_message_comes_behind_what_its_author_has_said_before()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSeeAsync("main| Bob joined");

        for (var i = 0; i < 50; i++)
        {
            await ann.MustPostAsync("main", $"{i}");
            Assert.Empty(await ann.TellAsync($"{i}", "Bob"));

            await bob.MustSeeAsync($"main| Ann: {i}", $"Ann to you: {i}");
            await ann.MustSeeAsync($"main| Ann: {i}", $"you to Bob: {i}");
        }
    }
}
