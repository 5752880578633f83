using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task What_the_word_filter_refuses_is_shown_to_nobody_and_its_author_is_told_the_pattern()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", RoomMode.Filter, "spam*");
        await bob.MustSeeAsync("main| Ann set +Filter=spam*");

        Assert.Equal((Verdict.Filtered, "spam*"), await TryToSayAsync(bob, "buy SPAMMY things"));
        Assert.Equal((Verdict.Accepted, null), await TryToSayAsync(bob, "buy things"));
        Assert.Equal((Verdict.Filtered, "spam*"), await TryToSayAsync(bob, "spam", MessageKind.Action));

        await ann.MustSeeAsync("main| Bob joined", "main| Ann set +Filter=spam*", "main| Bob: buy things");
    }

    [Fact]
    public async Task The_word_filter_looks_at_the_text_of_a_reaction()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", RoomMode.Filter, "spam*");

        Assert.Equal(Verdict.Filtered, await ReactAsync("spammy"));
        Assert.Equal(Verdict.Accepted, await ReactAsync("👍"));

        async Task<Verdict> ReactAsync(string text)
        {
            var draft = new MessageDraft(MessageKind.Tags, default) { Tags = "+reply=1;+react=x"u8.ToArray(), Reaction = Encoding.UTF8.GetBytes(text), IsLasting = true };
            return (await Broker.AskAsync(bob.Session.Id, new Post(Room("main"), draft), Token)).Verdict;
        }
    }

    [Theory]
    [InlineData(RoomMode.Voice)]
    [InlineData(RoomMode.HalfOperator)]
    [InlineData(RoomMode.Operator)]
    public async Task Whoever_has_a_rank_may_say_what_the_word_filter_refuses(RoomMode rank)
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", RoomMode.Filter, "spam");
        await ann.MustSetAsync("main", rank, "Bob");

        Assert.Equal((Verdict.Accepted, null), await TryToSayAsync(bob, "spam"));
        Assert.Equal((Verdict.Accepted, null), await TryToSayAsync(ann, "spam"));
    }

    [Fact]
    public async Task A_pattern_that_is_taken_off_the_word_filter_refuses_nothing_more()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", RoomMode.Filter, "spam");
        await ann.MustSetAsync("main", RoomMode.Filter, "ham");
        Assert.Equal((Verdict.Filtered, "spam"), await TryToSayAsync(bob, "spam"));

        await ann.MustSetAsync("main", RoomMode.Filter, "SPAM", isAdding: false);

        Assert.Equal((Verdict.Accepted, null), await TryToSayAsync(bob, "spam"));
        Assert.Equal((Verdict.Filtered, "ham"), await TryToSayAsync(bob, "ham"));
        Assert.Equal(["ham"], (await ViewAsync("main"))!.Masks(RoomMode.Filter).Select(entry => entry.Mask));
    }

    [Fact]
    public async Task Half_operators_keep_the_word_filter_members_do_not_and_a_pattern_that_is_none_is_refused()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        RoomModeChange change = new(IsAdding: true, RoomMode.Filter, "spam");
        Assert.Equal(Verdict.NotOperator, Assert.Single((await bob.ChangeModesAsync("main", change))!.Refused).Why);

        await ann.MustSetAsync("main", RoomMode.HalfOperator, "Bob");

        Assert.Empty((await bob.ChangeModesAsync("main", change))!.Refused);
        Assert.Equal(Verdict.BadArgument, Assert.Single((await bob.ChangeModesAsync("main", change with { Argument = "two words" }))!.Refused).Why);
        Assert.Equal(Verdict.BadArgument, Assert.Single((await bob.ChangeModesAsync("main", change with { Argument = "*" }))!.Refused).Why);
    }

    private async Task<(Verdict Verdict, string? Pattern)> TryToSayAsync(TestSession session, string text, MessageKind kind = MessageKind.Text)
    {
        var decision = await Broker.AskAsync(session.Session.Id, new Post(Room("main"), new MessageDraft(kind, Encoding.UTF8.GetBytes(text))), Token);
        return (decision.Verdict, decision.Pattern);
    }
}
