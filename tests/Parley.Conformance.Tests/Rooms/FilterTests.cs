using Parley.Conformance.Tests.Support;
using Parley.Core.Text;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>Mode <c>g</c>, the word filter, and FILTER, which tries a pattern of it.</summary>
public sealed class FilterTests : RoomTest
{
    [Fact]
    public async Task It_is_set_by_an_operator_listed_and_refuses_what_it_is_about()
    {
        var all = await MeetAsync("Ann", "Bob");
        await CatchUpAsync(all);

        Assert.Equal([":Ann!~ann@localhost MODE #room +gg spam *ham*"], await AskAsync(all[0], "MODE #room +gg spam *ham*"));
        Assert.EndsWith("MODE #room +gg spam *ham*", Assert.Single(await HeardAsync(all[1])), StringComparison.Ordinal);
        var now = Server.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(
            [$":parley 941 Bob #room spam Ann {now}", $":parley 941 Bob #room *ham* Ann {now}", ":parley 940 Bob #room :End of channel word filter"],
            await AskAsync(all[1], "MODE #room g"));
        Assert.Equal([":parley 404 Bob #room :Cannot send to channel (its word filter refuses *ham*)"], await AskAsync(all[1], "PRIVMSG #room :the Hammer"));
        Assert.Empty(await AskAsync(all[1], "NOTICE #room :spam"));
        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "MODE #room -g spam"));
        Assert.Empty(await HeardAsync(all[0]));

        Assert.EndsWith("MODE #room -g spam", Assert.Single(await AskAsync(all[0], "MODE #room -g SPAM")), StringComparison.Ordinal);
        await CatchUpAsync(all);
        Assert.Empty(await AskAsync(all[1], "PRIVMSG #room :spam"));
        Assert.EndsWith("PRIVMSG #room :spam", Assert.Single(await HeardAsync(all[0])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("b?d")]
    public async Task What_would_refuse_everything_is_no_pattern(string pattern)
    {
        var all = await MeetAsync("Ann");

        Assert.Equal([$":parley 696 Ann #room g {pattern} :{WordPattern.Form}"], await AskAsync(all[0], $"MODE #room +g {pattern}"));
        Assert.Equal([":parley 940 Ann #room :End of channel word filter"], await AskAsync(all[0], "MODE #room g"));
    }

    [Fact]
    public async Task A_message_of_several_lines_is_refused_as_one()
    {
        var all = await MeetAsync(("Ann", ""), ("Bob", "batch draft/multiline"));
        await all[0].AskAsync("MODE #room +g spam");
        await CatchUpAsync(all);

        await all[1].SendAllAsync("BATCH +x draft/multiline #room", "@batch=x PRIVMSG #room :hello", "@batch=x PRIVMSG #room :spam", "BATCH -x");

        Assert.Equal([":parley 404 Bob #room :Cannot send to channel (its word filter refuses spam)"], await HeardAsync(all[1]));
        Assert.Empty(await HeardAsync(all[0]));
    }

    [Theory]
    [InlineData("@+draft/react=👍;+react=spam;+draft/reply=x TAGMSG #room")]
    [InlineData("@+react=👍;+draft/react=spam;+draft/reply=x TAGMSG #room")]
    [InlineData("@+draft/react=;+react=spam;+draft/reply=x TAGMSG #room")]
    [InlineData("@+draft/unreact=spam;+draft/reply=x TAGMSG #room")]
    [InlineData("@+typing=spam TAGMSG #room")]
    [InlineData("@+draft/react=👍;+draft/reply=spam TAGMSG #room")]
    [InlineData("@+reply=spam PRIVMSG #room :hello")]
    [InlineData("@+example.com/note=much\\sspam TAGMSG #room")]
    [InlineData("@+draft/react=spam;+draft/reply=x PRIVMSG #room :hello")]
    public async Task Whatever_tags_say_is_looked_at(string line)
    {
        var all = await MeetAsync(("Ann", "message-tags"), ("Bob", "message-tags"));
        await all[0].AskAsync("MODE #room +g spam");
        await CatchUpAsync(all);

        Assert.Equal([":parley 404 Bob #room :Cannot send to channel (its word filter refuses spam)"], await AskAsync(all[1], line));
        Assert.Empty(await HeardAsync(all[0]));
    }

    [Fact]
    public async Task Words_between_which_a_tag_stands_are_looked_at_one_by_one()
    {
        var all = await MeetAsync(("Ann", "message-tags"), ("Bob", "message-tags"));
        await all[0].AskAsync("MODE #room +g spam");
        await CatchUpAsync(all);

        Assert.Empty(await AskAsync(all[1], "@+typing=active;+draft/reply=spam.7 TAGMSG #room"));
        Assert.Empty(await AskAsync(all[1], "@+draft/react=👍;+draft/reply=0f5c2a91!spam.0-8dc3f7 TAGMSG #room"));
        Assert.Empty(await AskAsync(all[1], "@+example.com/a=am PRIVMSG #room :sp"));
    }

    [Fact]
    public async Task It_is_about_last_words_and_topics_too()
    {
        var all = await MeetAsync("Ann", "Bob", "Cid");
        await all[0].AskAsync("MODE #room -t+g spam");
        await CatchUpAsync(all);

        Assert.Equal([":parley 404 Bob #room :Cannot send to channel (its word filter refuses that)"], await AskAsync(all[1], "TOPIC #room :spam for all"));
        await all[1].AskAsync("PART #room :spam for all");
        Assert.Equal([":Bob!~bob@localhost PART #room"], await HeardAsync(all[0]));
        await all[2].SendAsync("QUIT :spam for all");
        await all[2].ReadToEndAsync();
        Assert.Equal(":Cid!~cid@localhost QUIT :Quit: ", (await all[0].ReadUntilAsync("QUIT"))[^1].Body);
    }

    [Fact]
    public async Task Somebody_on_lines_is_told_that_a_topic_is_refused()
    {
        var ann = await Server.JoinAsync("Ann", "#main");
        await ann.AskAsync("MODE #main -t+g spam");
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLinesAsync("/topic spam", "/topic tea");

        await lena.ReadUntilAsync("Not said, the word filter of main refuses it");
        await lena.ExpectAsync("Lena changed the topic: tea");
    }

    [Fact]
    public async Task A_pattern_is_tried_on_history_and_only_by_those_who_may_set_it()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[1].AskAsync("PRIVMSG #room :Spam and eggs");
        await all[1].AskAsync("PRIVMSG #room :eggs");
        await CatchUpAsync(all);

        var answers = await AskAsync(all[0], "FILTER #room spam");

        Assert.Equal(":parley NOTICE Ann :spam would have refused 1 of the last 2 messages in room", answers[0]);
        Assert.EndsWith("UTC - Spam and eggs", answers[1], StringComparison.Ordinal);
        Assert.Equal(2, answers.Length);
        Assert.Equal([":parley NOTICE Bob :Only operators of room may do that"], await AskAsync(all[1], "FILTER #room spam"));
        var eve = await Server.RegisterAsync("Eve");
        Assert.Equal([":parley NOTICE Eve :Only who is in the room may try a pattern there"], await AskAsync(eve, "FILTER #room spam"));
        Assert.Equal([":parley NOTICE Eve :Only who is in the room may try a pattern there"], await AskAsync(eve, "FILTER #nowhere spam"));
        Assert.Equal([":parley 940 Ann #room :End of channel word filter"], await AskAsync(all[0], "MODE #room g"));
    }
}
