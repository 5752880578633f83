using Parley.Core.Events;
using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Theory]
    [InlineData(RoomMode.Moderated, null)]
    [InlineData(RoomMode.Ban, "~q:Bob!*@*")]
    [InlineData(RoomMode.Filter, "bye")]
    public async Task Whoever_may_not_say_something_does_not_say_it_by_leaving_either(RoomMode mode, string? argument)
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", mode, argument);
        await ann.MustSeeAsync("main| Bob joined", $"main| Ann set +{mode}{(argument is null ? "" : "=" + argument)}");

        await bob.LeaveAsync("main", "bye all");

        await ann.MustSeeAsync("main| Bob left");
    }

    [Fact]
    public async Task Nor_by_leaving_the_server_while_what_the_server_says_of_it_stays()
    {
        var ann = await SignInAsync("Ann", "main");
        var (bob, cyd, dan) = (await SignInAsync("Bob", "main"), await SignInAsync("Cyd", "main"), await SignInAsync("Dan", "main"));
        await ann.MustSetAsync("main", RoomMode.Moderated);
        await ann.MustSetAsync("main", RoomMode.Voice, "Dan");
        await ann.NextAsync(5);

        await bob.SignOutAsync("Quit: bye all");
        await ann.MustSeeAsync("main| Bob quit (Quit: )");
        await cyd.SignOutAsync("Ping timeout");
        await ann.MustSeeAsync("main| Cyd quit (Ping timeout)");
        await dan.SignOutAsync("Quit: bye all");
        await ann.MustSeeAsync("main| Dan quit (Quit: bye all)");
    }

    [Fact]
    public async Task In_slow_mode_neither_last_words_nor_topics_are_a_way_around()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", RoomMode.ProtectedTopic, isAdding: false);
        await ann.MustSetAsync("main", RoomMode.Slow, "60");
        await ann.NextAsync(3);

        Assert.Equal(Verdict.NotOperator, await bob.SetTopicAsync("main", "loud"));
        await bob.LeaveAsync("main", "loud");

        await ann.MustSeeAsync("main| Bob left");
    }

    [Fact]
    public async Task Nor_by_the_topic()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", RoomMode.ProtectedTopic, isAdding: false);
        await ann.MustSetAsync("main", RoomMode.Filter, "spam");

        Assert.Equal(Verdict.Filtered, await bob.SetTopicAsync("main", "spam here"));
        Assert.Equal(Verdict.Accepted, await bob.SetTopicAsync("main", "tea"));
        await ann.MustSetAsync("main", RoomMode.Ban, "~q:Bob!*@*");
        Assert.Equal(Verdict.MaySayNothing, await bob.SetTopicAsync("main", "coffee"));
        Assert.Equal(Verdict.Accepted, await ann.SetTopicAsync("main", "spam of mine"));
        Assert.Equal("spam of mine", (await ViewAsync("main"))!.Topic!.Text);
    }
}
