using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>https://ircv3.net/specs/extensions/message-redaction</summary>
public sealed class RedactionTests : HistoryTest
{
    private const string Redaction = "https://ircv3.net/specs/extensions/message-redaction";
    private const string Caps = $"{Full} draft/message-redaction";

    private protected override Task<IrcServer> StartAsync()
        => IrcServer.StartAsync(options => (options.IrcPingInterval, options.IrcPingTimeout) = (TimeSpan.FromDays(9), TimeSpan.FromDays(10)));

    [Fact]
    [Quote(Redaction, "SHOULD forward this `REDACT`, with an appropriate prefix, to the target recipients that have negotiated the `draft/message-redaction` capability, in the same way as PRIVMSG messages.")]
    public async Task An_author_takes_its_message_back()
    {
        var (_, bob, cyd) = await GatherAsync();
        var id = await SaidAsync(bob, cyd);

        await bob.SendAsync($"REDACT #room {id} :wrong channel");

        await bob.ExpectLineAsync($":Bob!~bob@localhost REDACT #room {id} :wrong channel");
        await cyd.ExpectLineAsync($":Bob!~bob@localhost REDACT #room {id} :wrong channel");
    }

    [Theory]
    [InlineData("MODE #room +m")]
    [InlineData("MODE #room +b ~q:Bob!*@*")]
    [InlineData("MODE #room +b Bob!*@*")]
    public async Task Whoever_may_not_speak_does_not_speak_by_the_reason(string rule)
    {
        var (ann, bob, cyd) = await GatherAsync();
        var id = await SaidAsync(bob, cyd);
        await ann.AskAsync(rule);
        await cyd.SyncAsync();

        await bob.SendAsync($"REDACT #room {id} :buy this");

        await cyd.ExpectLineAsync($":Bob!~bob@localhost REDACT #room {id}");
    }

    [Fact]
    public async Task A_reason_is_not_needed()
    {
        var (_, bob, cyd) = await GatherAsync();
        var id = await SaidAsync(bob, cyd);

        await bob.SendAsync($"REDACT #room {id}");

        await cyd.ExpectLineAsync($":Bob!~bob@localhost REDACT #room {id}");
    }

    [Fact]
    [Quote(Redaction, "Allowing channel moderators or server admins to delete unwelcome messages from others")]
    public async Task An_operator_of_the_room_takes_away_what_others_said()
    {
        var (ann, bob, cyd) = await GatherAsync();
        var id = await SaidAsync(bob, cyd);
        await ann.SyncAsync();

        await ann.SendAsync($"REDACT #room {id} spam");

        await bob.ExpectLineAsync($":Ann!~ann@localhost REDACT #room {id} :spam");
    }

    [Fact]
    [Quote(Redaction, "`FAIL REDACT REDACT_FORBIDDEN <target> <target-msgid> :You are not authorised to delete this message`")]
    public async Task Nobody_else_does()
    {
        var (_, bob, cyd) = await GatherAsync();
        var id = await SaidAsync(bob, cyd);

        await RefusedAsync(cyd, $"REDACT #room {id}", "REDACT", "REDACT_FORBIDDEN", "#room", id);

        await bob.ExpectNothingAsync();
        Assert.Single(await HistoryAsync(bob, "LATEST #room * 10"));
    }

    [Fact]
    [Quote(Redaction, "MUST not forward this `REDACT` to target recipients that have not negotiated this capability (see \"Fallback\" below)")]
    public async Task Whoever_has_not_negotiated_it_is_told_nothing_and_has_no_such_command()
    {
        var (_, bob, cyd) = await GatherAsync();
        var dan = await Server.JoinAsync("Dan", "#room", Full);
        var id = await SaidAsync(bob, cyd);
        await dan.SyncAsync();

        await bob.AskAsync($"REDACT #room {id}");

        await dan.ExpectNothingAsync();
        Assert.Equal("421", Assert.Single(await dan.AskAsync($"REDACT #room {id}")).Command);
    }

    [Fact]
    public async Task People_of_lines_are_told_and_with_tags_which_message_it_was()
    {
        var (_, bob, cyd) = await GatherAsync();
        var (lena, tom) = (await Server.EnterLinesAsync("Lena"), await Server.EnterLinesAsync("Tom"));
        await lena.SendLineAsync("/join room");
        await lena.ReadUntilAsync("You joined room");
        await tom.SendLinesAsync("/tags on", "/join room");
        await tom.ReadUntilAsync("#room You joined room");
        var id = await SaidAsync(bob, cyd);
        await lena.ReadUntilAsync("Bob: secret");
        await bob.SendAsync($"@+reply={id} PRIVMSG #room :it is");
        var answer = (await bob.ExpectAsync("PRIVMSG")).Tags["msgid"];

        await bob.AskAsync($"REDACT #room {id}");
        await bob.AskAsync($"REDACT #room {answer} :edited");

        await lena.ExpectAsync("Bob: it is", "Bob deleted a message", "Bob deleted a message (edited)");
        await tom.ReadUntilAsync($"#room @{id} Bob: secret");
        await tom.ExpectAsync($"#room @{answer} >{id} Bob: it is", $"#room >{id} Bob deleted a message", $"#room >{answer} Bob deleted a message (edited)");
    }

    [Fact]
    public async Task What_was_said_before_has_its_tags_too()
    {
        var (_, bob, cyd) = await GatherAsync();
        var id = await SaidAsync(bob, cyd);
        await bob.SendAsync($"@+reply={id} PRIVMSG #room :it is");
        var answer = (await bob.ExpectAsync("PRIVMSG")).Tags["msgid"];
        await bob.SendAsync("@+reply=no\\sid PRIVMSG #room :of nothing");
        var last = (await bob.ExpectAsync("PRIVMSG")).Tags["msgid"];
        var tom = await Server.EnterLinesAsync("Tom");

        await tom.SendLinesAsync("/tags on", "/join room");
        await tom.SendLineAsync("/in room /history");
        await tom.ReadUntilAsync("#room History - earlier messages in room");
        string[] asked = [await Line(), await Line(), await Line(), await Line()];

        Assert.Equal([$"#room @{id} Bob: secret", $"#room @{answer} >{id} Bob: it is", $"#room @{last} Bob: of nothing", "#room History - end"], asked);

        async Task<string> Line() => System.Text.RegularExpressions.Regex.Replace((await tom.ReadLineAsync())!, @"\[[0-9: -]+\] ", "");
    }

    [Fact]
    [Quote(Redaction, "exclude it entirely")]
    public async Task History_has_it_no_more()
    {
        var (_, bob, cyd) = await GatherAsync();
        var id = await SaidAsync(bob, cyd);
        await bob.AskAsync($"REDACT #room {id}");
        await bob.SendAsync("PRIVMSG #room :on");
        await bob.ExpectAsync("PRIVMSG");

        Assert.Equal(["on"], Texts(await HistoryAsync(bob, "LATEST #room * 10")));
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLineAsync("/join room");
        await lena.ReadUntilAsync("You joined room");
        await lena.SendLineAsync("/history");
        Assert.DoesNotContain(await lena.ReadUntilAsync("History - end"), line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    [Quote(Redaction, "include a `REDACT` message after the redacted message, which doesn't count towards message limits.")]
    public async Task Whoever_plays_back_events_is_told_where_it_was()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Playback} draft/message-redaction");
        var id = await SaidAsync(ann);
        await ann.AskAsync($"REDACT #room {id} :oops");

        var past = await HistoryAsync(ann, "LATEST #room * 10");

        Assert.Equal(":Ann!~ann@localhost REDACT #room " + id + " :oops", past[^1].Body);
        Assert.False(past[^1].Tags.ContainsKey("msgid"));
        Assert.DoesNotContain(past, line => line.Text == "secret");
    }

    [Fact]
    public async Task What_was_taken_away_is_found_by_no_search()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Caps} soju.im/search");
        var id = await SaidAsync(ann);
        await ann.AskAsync($"REDACT #room {id}");

        Assert.Empty(await BatchAsync(ann, "SEARCH in=#room;text=secret", "soju.im/search"));
    }

    [Fact]
    [Quote(Redaction, "Where `<msgid>` is the id of the message to be redacted, which MUST be a `PRIVMSG`, `NOTICE`, or `TAGMSG`.")]
    public async Task Notices_and_reactions_are_taken_back_too()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Playback} draft/message-redaction");
        foreach (var command in new[] { "NOTICE #room :x", "@+draft/react=x TAGMSG #room" })
        {
            await ann.SendAsync(command);
            var id = (await ann.ReadAsync()).Tags["msgid"];

            Assert.Equal("REDACT", Assert.Single(await ann.AskAsync($"REDACT #room {id}")).Command);
        }

        Assert.Equal(["JOIN", "REDACT", "REDACT"], (await HistoryAsync(ann, "LATEST #room * 10")).Select(line => line.Command));
    }

    [Fact]
    public async Task What_happened_is_no_message_to_take_back()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Playback} draft/message-redaction");
        await SaidAsync(ann);
        var join = (await HistoryAsync(ann, "LATEST #room * 10"))[0];

        await RefusedAsync(ann, $"REDACT #room {join.Tags["msgid"]}", "REDACT", "UNKNOWN_MSGID", "#room", join.Tags["msgid"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("room.999")]
    [InlineData("other.1")]
    [InlineData(".1")]
    [Quote(Redaction, "`FAIL REDACT UNKNOWN_MSGID <target> <target-msgid> :This message does not exist or is too old`")]
    public async Task A_message_has_to_be_there(string id)
    {
        var ann = await Server.JoinAsync("Ann", "#room,#other", Caps);
        await SaidAsync(ann);

        await RefusedAsync(ann, $"REDACT #room {id}", "REDACT", "UNKNOWN_MSGID", "#room", id);
    }

    [Fact]
    public async Task A_second_time_it_is_not_there()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Caps);
        var id = await SaidAsync(ann);
        await ann.AskAsync($"REDACT #room {id}");

        await RefusedAsync(ann, $"REDACT #room {id}", "REDACT", "UNKNOWN_MSGID", "#room", id);
    }

    [Theory]
    [InlineData("#none")]
    [InlineData("#other")]
    [InlineData("no!nick")]
    [Quote(Redaction, "`FAIL REDACT INVALID_TARGET <target> :You cannot delete messages from <target>`")]
    public async Task One_has_to_be_in_the_room(string target)
    {
        await Server.JoinAsync("Bob", "#other");
        var ann = await Server.JoinAsync("Ann", "#room", Caps);

        await RefusedAsync(ann, $"REDACT {target} other.1", "REDACT", "INVALID_TARGET", target);
    }

    [Fact]
    [Quote(Redaction, "`FAIL REDACT REDACT_WINDOW_EXPIRED <target> <target-msgid> <window> :You can no longer edit this message`")]
    [Quote(Redaction, "Specifying a cut-off time after which message edits are no longer allowed")]
    public async Task An_author_has_some_time_and_an_operator_all_of_it()
    {
        await using var server = await IrcServer.StartAsync(options => options.RedactTime = TimeSpan.FromSeconds(30));
        var (ann, bob) = (await server.JoinAsync("Ann", "#room", Caps), await server.JoinAsync("Bob", "#room", Caps));
        var id = await SaidAsync(bob);
        await ann.SyncAsync();
        server.Time.Advance(TimeSpan.FromSeconds(31));

        await RefusedAsync(bob, $"REDACT #room {id}", "REDACT", "REDACT_WINDOW_EXPIRED", "#room", id, "30");
        Assert.Equal("REDACT", Assert.Single(await ann.AskAsync($"REDACT #room {id}")).Command);
    }

    [Fact]
    public async Task Within_its_time_an_author_takes_back_what_it_said_a_while_ago()
    {
        await using var server = await IrcServer.StartAsync(options => options.RedactTime = TimeSpan.FromSeconds(30));
        await server.JoinAsync("Ann", "#room");
        var bob = await server.JoinAsync("Bob", "#room", Caps);
        var id = await SaidAsync(bob);
        server.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("REDACT", Assert.Single(await bob.AskAsync($"REDACT #room {id}")).Command);
    }

    [Fact]
    public async Task Where_there_is_no_such_time_an_author_always_may()
    {
        await using var server = await IrcServer.StartAsync(options =>
        {
            options.RedactTime = TimeSpan.Zero;
            (options.IrcPingInterval, options.IrcPingTimeout) = (TimeSpan.FromDays(9), TimeSpan.FromDays(10));
        });
        await server.JoinAsync("Ann", "#room");
        var bob = await server.JoinAsync("Bob", "#room", Caps);
        var id = await SaidAsync(bob);
        server.Time.Advance(TimeSpan.FromDays(1.5));

        Assert.Equal("REDACT", Assert.Single(await bob.AskAsync($"REDACT #room {id}")).Command);
    }

    [Fact]
    public async Task Whoever_takes_a_name_over_takes_nothing_back_that_was_said_under_it()
    {
        var (_, bob, cyd) = await GatherAsync();
        var id = await SaidAsync(bob, cyd);
        await bob.SendAsync("QUIT");
        await bob.ReadToEndAsync();
        var another = await Server.JoinAsync("Bob", "#room", Caps);

        await RefusedAsync(another, $"REDACT #room {id}", "REDACT", "REDACT_FORBIDDEN", "#room", id);
    }

    [Fact]
    public async Task A_direct_message_is_taken_back_by_its_author_only()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann", Caps), await Server.RegisterAsync("Bob", Caps));
        await ann.SendAsync("PRIVMSG Bob :secret");
        var id = (await ann.ExpectAsync("PRIVMSG")).Tags["msgid"];
        await bob.SyncAsync();

        await RefusedAsync(bob, $"REDACT Ann {id}", "REDACT", "REDACT_FORBIDDEN", "Ann", id);
        await ann.SendAsync($"REDACT Bob {id} :oops");

        await ann.ExpectLineAsync($":Ann!~ann@localhost REDACT Bob {id} :oops");
        await bob.ExpectLineAsync($":Ann!~ann@localhost REDACT Bob {id} :oops");
        Assert.Empty(await HistoryAsync(bob, "LATEST Ann * 10"));
    }

    [Fact]
    public async Task A_direct_message_of_others_is_not_there()
    {
        var (ann, bob, cyd) = (await Server.RegisterAsync("Ann", Caps), await Server.RegisterAsync("Bob", Caps), await Server.RegisterAsync("Cyd", Caps));
        await ann.SendAsync("PRIVMSG Bob :secret");
        var id = (await ann.ExpectAsync("PRIVMSG")).Tags["msgid"];
        await bob.SyncAsync();

        await RefusedAsync(cyd, $"REDACT Bob {id}", "REDACT", "UNKNOWN_MSGID", "Bob", id);
        await RefusedAsync(cyd, $"REDACT Ann {id}", "REDACT", "UNKNOWN_MSGID", "Ann", id);
    }

    [Fact]
    public async Task Too_little_is_told_so()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Caps);

        Assert.Equal("461", Assert.Single(await ann.AskAsync("REDACT #room")).Command);
        Assert.Equal("461", Assert.Single(await ann.AskAsync("REDACT")).Command);
    }

    [Fact]
    public async Task A_label_is_answered()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Caps} labeled-response");
        var id = await SaidAsync(ann);

        var done = await ann.AskAsync($"@label=r1 REDACT #room {id}");
        var refused = await ann.AskAsync($"@label=r2 REDACT #room {id}");

        Assert.Equal(("REDACT", "r1"), (Assert.Single(done).Command, done[0].Tags["label"]));
        Assert.Equal(("FAIL", "r2"), (Assert.Single(refused).Command, refused[0].Tags["label"]));
    }

    [Fact]
    public async Task A_label_is_answered_in_a_conversation_and_nobody_else_is_shown_it()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann", $"{Caps} labeled-response"), await Server.RegisterAsync("Bob", $"{Caps} labeled-response"));
        await ann.SendAsync("PRIVMSG Bob :secret");
        var id = (await ann.ExpectAsync("PRIVMSG")).Tags["msgid"];
        await bob.SyncAsync();

        await ann.SendAsync($"@label=r3 REDACT Bob {id}");

        Assert.Equal("r3", (await ann.ExpectAsync("REDACT")).Tags["label"]);
        await ann.ExpectNothingAsync();
        Assert.False((await bob.ExpectAsync("REDACT")).Tags.ContainsKey("label"));
    }

    private static async Task<string> SaidAsync(IrcClient author, params IrcClient[] others)
    {
        await author.SyncAsync();
        await author.SendAsync("PRIVMSG #room :secret");
        var id = (await author.ExpectAsync("PRIVMSG")).Tags["msgid"];
        foreach (var other in others)
        {
            await other.SyncAsync();
        }

        return id;
    }

    /// <summary>Ann, who is the room's operator, Bob and Cyd.</summary>
    private async Task<(IrcClient Ann, IrcClient Bob, IrcClient Cyd)> GatherAsync()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", Caps), ("Bob", Caps), ("Cyd", Caps));
        return (all[0], all[1], all[2]);
    }
}
