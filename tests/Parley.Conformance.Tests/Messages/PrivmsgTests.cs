using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://modern.ircdocs.horse/#privmsg-message</summary>
public sealed class PrivmsgTests : MessageTest
{
    [Fact]
    [Quote(Privmsg, "The `PRIVMSG` command is used to send private messages between users, as well as to send messages to channels.")]
    public async Task A_message_to_a_channel_reaches_the_others_in_it()
    {
        var (ann, bob) = await MeetAsync();
        Assert.Empty(await ann.AskAsync("PRIVMSG #room :hello there"));
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :hello there");
    }

    [Fact]
    [Quote(Privmsg, "The `<source>` of the message represents the user or server that sent the message, and the `<target>` represents the target of that `PRIVMSG` (which may be the client, a channel, etc).")]
    public async Task A_message_to_a_nick_reaches_that_user_alone()
    {
        var (ann, bob) = await MeetAsync();
        var cid = await Server.JoinAsync("Cid");
        await bob.SyncAsync();

        await ann.AskAsync("PRIVMSG Bob :psst");

        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG Bob :psst");
        await cid.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_nick_is_found_in_any_case_and_shown_as_its_user_spells_it()
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync("PRIVMSG bOB :psst");
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG Bob :psst");
    }

    [Fact]
    public async Task A_channel_is_found_in_any_case_and_shown_as_whoever_made_it_spelled_it()
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync("PRIVMSG #ROOM :hello");
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :hello");
    }

    [Fact]
    public async Task Whoever_talks_to_itself_hears_it()
    {
        var ann = await Server.RegisterAsync("Ann");
        Assert.Equal([":Ann!~ann@localhost PRIVMSG Ann :note to self"], Bodies(await ann.AskAsync("PRIVMSG Ann :note to self")));
    }

    [Theory]
    [InlineData("Nobody", "401")]
    [InlineData("no.body", "401")]
    [InlineData("#nowhere", "403")]
    [InlineData("#", "403")]
    [InlineData("#no.where", "403")]
    [InlineData("@#nowhere", "403")]
    public async Task A_target_that_is_not_there_is_named_in_the_error(string target, string numeric)
    {
        var ann = await Server.RegisterAsync("Ann");

        var error = Assert.Single(await ann.AskAsync($"PRIVMSG {target} :hello"));

        Assert.Equal([numeric, "Ann", target], [error.Command, .. error.Parameters.Take(2)]);
    }

    [Fact]
    [Quote(Privmsg, "If a message cannot be delivered to a channel, the server SHOULD respond with an ERR_CANNOTSENDTOCHAN (404) numeric to let the user know that this message could not be delivered.")]
    public async Task Whoever_is_not_in_a_channel_cannot_speak_there()
    {
        var (ann, bob) = await MeetAsync();
        var cid = await Server.RegisterAsync("Cid");

        var error = Assert.Single(await cid.AskAsync("PRIVMSG #room :hello"));

        Assert.Equal(["404", "Cid", "#room"], [error.Command, .. error.Parameters.Take(2)]);
        await ann.ExpectNothingAsync();
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task Whoever_has_left_a_channel_cannot_speak_there()
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync("PART #room");
        Assert.Equal("404", Assert.Single(await ann.AskAsync("PRIVMSG #room :still here?")).Command);
        await bob.ExpectAsync("PART");
        await bob.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("PRIVMSG", "411")]
    [InlineData("PRIVMSG , :hello", "411")]
    [InlineData("PRIVMSG #room", "412")]
    [InlineData("PRIVMSG #room :", "412")]
    [InlineData("PRIVMSG Bob", "412")]
    public async Task A_message_needs_a_recipient_and_a_text(string line, string numeric)
    {
        var (ann, bob) = await MeetAsync();
        Assert.Equal(numeric, Assert.Single(await ann.AskAsync(line)).Command);
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_message_may_have_several_targets()
    {
        var (ann, bob) = await MeetAsync();
        var cid = await Server.RegisterAsync("Cid");

        Assert.Empty(await ann.AskAsync("PRIVMSG #room,Cid,Bob :hello"));

        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :hello");
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG Bob :hello");
        await cid.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG Cid :hello");
    }

    [Fact]
    public async Task A_target_that_is_repeated_gets_it_once()
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync("PRIVMSG Bob,bob,,#room,#ROOM :hello");
        Assert.Equal(
            [":Ann!~ann@localhost PRIVMSG Bob :hello", ":Ann!~ann@localhost PRIVMSG #room :hello"], Bodies(await bob.SyncAsync()));
    }

    [Fact]
    public async Task Targets_that_are_not_there_take_nothing_from_the_others()
    {
        var (ann, bob) = await MeetAsync();
        var errors = await ann.AskAsync("PRIVMSG Nobody,#nowhere,Bob :hello");
        Assert.Equal(["401", "403"], errors.Select(line => line.Command));
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG Bob :hello");
    }

    [Fact]
    public async Task Too_many_targets_are_refused_and_nobody_gets_it()
    {
        var (ann, bob) = await MeetAsync();
        var many = string.Join(',', Enumerable.Range(0, 20).Select(i => $"Nobody{i}"));

        Assert.Equal("407", Assert.Single(await ann.AskAsync($"PRIVMSG {many},Bob :hello")).Command);

        await bob.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Privmsg, "If `<target>` is a channel name, it may be prefixed with one or more channel membership prefix character (`@`, `+`, etc) and the message will be delivered only to the members of that channel with the given or higher status in the channel.")]
    public async Task A_prefix_has_only_members_of_that_rank_hear_it()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""), ("Cid", ""));

        await all[1].AskAsync("PRIVMSG @#room :to operators");
        await all[1].AskAsync("PRIVMSG +%#room :to whoever has any rank");

        await all[0].ExpectLineAsync(":Bob!~bob@localhost PRIVMSG @#room :to operators");
        await all[0].ExpectLineAsync(":Bob!~bob@localhost PRIVMSG +#room :to whoever has any rank");
        await all[2].ExpectNothingAsync();
    }

    [Theory]
    [InlineData(":)")]
    [InlineData("  with  spaces  ")]
    [InlineData("a: b, c")]
    [InlineData("\u00e4\u00f6\u00fc \U0001F600 \u4e2d\u6587")]
    [InlineData("\u0002bold\u000f \u00034,7color")]
    [InlineData(" ")]
    public async Task A_text_is_passed_on_as_it_stands(string text)
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync($"PRIVMSG #room :{text}");
        Assert.Equal(text, (await bob.ExpectAsync("PRIVMSG")).Text);
    }

    [Theory]
    [InlineData("privmsg #room :hello")]
    [InlineData("PRIVMSG #room hello")]
    [InlineData("PRIVMSG  #room   :hello")]
    [InlineData("  PRIVMSG #room :hello")]
    [InlineData(":Bob PRIVMSG #room :hello")]
    [InlineData(":Bob!~bob@localhost PRIVMSG #room :hello")]
    public async Task How_the_line_is_spelled_makes_no_difference(string line)
    {
        var (ann, bob) = await MeetAsync();
        await ann.AskAsync(line);
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :hello");
    }

    [Fact]
    public async Task Whoever_has_not_registered_says_nothing()
    {
        var client = await Server.ConnectAsync();
        await client.SendAsync("PRIVMSG #room :hello");
        await client.ExpectAsync("451");
    }

    [Fact]
    public async Task Messages_of_one_client_come_in_its_order_whatever_their_targets()
    {
        var (ann, bob) = await MeetAsync();
        var lines = Enumerable.Range(0, 100).Select(i => $"PRIVMSG {(i % 3 == 0 ? "Bob" : "#room")} :{i}");
        await ann.SendRawAsync(System.Text.Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n"));
        await ann.SyncAsync();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), (await bob.SyncAsync()).Select(line => line.Text));
    }
}
