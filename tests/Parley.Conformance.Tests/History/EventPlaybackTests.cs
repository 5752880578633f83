using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>What is no message, in history: https://ircv3.net/specs/extensions/chathistory (draft/event-playback)</summary>
public sealed class EventPlaybackTests : HistoryTest
{
    private const string React = "https://ircv3.net/specs/client-tags/react";

    [Fact]
    [Quote(Spec, "If the client has negotiated `draft/event-playback`, the server SHOULD send additional lines relevant to the chat history, including but not limited to `TAGMSG`, `JOIN`, `PART`, `QUIT`, `MODE`, `TOPIC`, and `NICK`.")]
    public async Task What_happened_is_between_what_was_said()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Playback);
        var bob = await Server.JoinAsync("Bob", "#room");
        await SaidAsync(ann, bob, "hello");
        await bob.AskAsync("NICK Rob");
        await bob.AskAsync("PART #room :for now");
        await bob.AskAsync("JOIN #room");
        await bob.SendAsync("QUIT :good night");
        await bob.ReadToEndAsync();
        await SaidAsync(ann, null, "gone");

        var past = await HistoryAsync(ann, "LATEST #room * 20");

        Assert.Equal(
            [
                ":Ann!~ann@localhost JOIN #room",
                ":Bob!~bob@localhost JOIN #room",
                ":Ann!~ann@localhost PRIVMSG #room :hello",
                ":Bob!~bob@localhost NICK Rob",
                ":Rob!~bob@localhost PART #room :for now",
                ":Rob!~bob@localhost JOIN #room",
                ":Rob!~bob@localhost QUIT :Quit: good night",
                ":Ann!~ann@localhost PRIVMSG #room :gone",
            ],
            past.Select(line => line.Body));
    }

    [Fact]
    [Quote(Spec, "If the client has not negotiated the `draft/event-playback` capability, the server MUST NOT send any lines other than `PRIVMSG` and `NOTICE` in the reply batch, unless allowed by a capability negotiated by the client.")]
    public async Task Whoever_has_not_negotiated_it_is_shown_messages_only_and_as_many_as_it_asked_for()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        for (var i = 1; i <= 4; i++)
        {
            await ReactAsync(ann);
            await SayAsync(ann, "#room", 1, first: i);
            var other = await Server.JoinAsync($"Guest{i}");
            await other.SendAsync("QUIT");
            await other.ReadToEndAsync();
            await ann.ReadUntilAsync("QUIT");
        }

        Assert.Equal(Numbers(1, 4), Texts(await HistoryAsync(ann, "LATEST #room * 10")));
        Assert.Equal(Numbers(2, 4), Texts(await HistoryAsync(ann, "LATEST #room * 3")));
    }

    [Fact]
    public async Task Events_count_when_they_are_asked_for()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Playback);
        await SayAsync(ann, "#room", 1);
        await Server.JoinAsync("Bob");
        await ann.ReadUntilAsync("JOIN");
        await SayAsync(ann, "#room", 1, first: 2);

        Assert.Equal(["JOIN", "PRIVMSG"], (await HistoryAsync(ann, "LATEST #room * 2")).Select(line => line.Command));
    }

    [Fact]
    public async Task Events_have_ids_and_times_by_which_history_is_paged()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Playback);
        for (var i = 1; i <= 6; i++)
        {
            var other = await Server.JoinAsync($"Guest{i}");
            await ann.ReadUntilAsync("JOIN");
            await SayAsync(ann, "#room", 1, first: i);
        }

        var all = await HistoryAsync(ann, "LATEST #room * 50");
        var paged = new List<string>();
        for (var page = await HistoryAsync(ann, "LATEST #room * 3"); page.Length > 0; page = await HistoryAsync(ann, $"BEFORE #room {Ref(page[0], byId: true)} 3"))
        {
            paged.InsertRange(0, page.Select(line => line.Body));
        }

        Assert.Equal(13, all.Length);
        Assert.Equal(13, all.Select(line => line.Tags["msgid"]).Distinct().Count());
        Assert.Equal(all.Select(line => line.Body), paged);
        Assert.Equal(all.Select(line => line.Tags["time"]).Order(StringComparer.Ordinal), all.Select(line => line.Tags["time"]));
    }

    [Fact]
    public async Task A_join_is_shown_as_the_reader_is_shown_joins()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Playback} extended-join");
        await SayAsync(ann, "#room", 1);

        Assert.Equal(":Ann!~ann@localhost JOIN #room * :Real Ann", (await HistoryAsync(ann, "LATEST #room * 10"))[0].Body);
    }

    [Fact]
    [Quote(React, "This specification defines client-only message tags to indicate reactions and unreactions to other messages", "2026-02-19")]
    public async Task A_reaction_is_kept_with_its_tags()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Playback);
        var said = await SayAsync(ann, "#room", 1);
        await ann.SendAsync($"@+draft/react=\U0001F600;+draft/reply={said[0].Tags["msgid"]} TAGMSG #room");
        var echo = await ann.ExpectAsync("TAGMSG");

        var past = (await HistoryAsync(ann, "LATEST #room * 10"))[^1];

        Assert.Equal(echo.Body, past.Body);
        Assert.Equal(echo.Tags["msgid"], past.Tags["msgid"]);
        Assert.Equal(("\U0001F600", said[0].Tags["msgid"]), (past.Tags["+draft/react"], past.Tags["+draft/reply"]));
    }

    [Theory]
    [InlineData("+draft/react=x", true)]
    [InlineData("+draft/unreact=x", true)]
    [InlineData("+react=x", true)]
    [InlineData("+x=y;+draft/persist", true)]
    [InlineData("+typing=active", false)]
    [InlineData("+draft/typing=active", false)]
    [InlineData("+draft/reply=room.1", false)]
    public async Task That_somebody_types_is_not_kept(string tags, bool isKept)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Playback);
        await ann.SendAsync($"@{tags} TAGMSG #room");
        await ann.ExpectAsync("TAGMSG");

        Assert.Equal(isKept, (await HistoryAsync(ann, "LATEST #room * 10")).Any(line => line.Command == "TAGMSG"));
    }

    [Fact]
    public async Task Whoever_reads_no_tags_is_shown_no_reactions()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", Playback), ("Bob", "batch draft/chathistory draft/event-playback"));
        await ReactAsync(all[0]);
        await all[1].SyncAsync();

        Assert.DoesNotContain(await HistoryAsync(all[1], "LATEST #room * 10"), line => line.Command == "TAGMSG");
    }

    [Fact]
    public async Task A_reaction_in_a_conversation_is_kept()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann", Playback), await Server.RegisterAsync("Bob", Full));
        await ann.SendAsync("@+draft/react=x;+draft/reply=q TAGMSG Bob");
        await ann.ExpectAsync("TAGMSG");
        await bob.SyncAsync();

        Assert.Equal(["TAGMSG"], (await HistoryAsync(ann, "LATEST Bob * 10")).Select(line => line.Command));
        Assert.Empty(await HistoryAsync(bob, "LATEST Ann * 10"));
    }

    [Fact]
    public async Task What_happened_is_not_shown_on_lines_nor_to_whoever_joins()
    {
        await using var server = await IrcServer.StartAsync(options => options.HistoryReplay = 20);
        var ann = await server.JoinAsync("Ann", "#main", Tags);
        await ann.AskAsync("PRIVMSG #main :hello");
        await ann.AskAsync("@+draft/react=x TAGMSG #main");
        await ann.AskAsync("NICK Anna");
        await ann.AskAsync("PRIVMSG #main :again");

        var lena = await Parley.TestKit.ScriptedClient.ConnectAsync(server.AddressOf("lines"), "Lena");
        await lena.ReadUntilAsync("You joined main");
        var shown = await lena.ReadUntilAsync("History - end");
        var bob = await server.RegisterAsync("Bob", Tags);

        Assert.Equal(2, shown.Count(line => line.Contains("Ann", StringComparison.Ordinal)));
        Assert.Equal(["PRIVMSG", "PRIVMSG"], (await bob.AskAsync("JOIN #main")).Where(line => line.Tags.ContainsKey("batch")).Select(line => line.Command));
        await lena.DisposeAsync();
    }

    [Fact]
    public async Task A_server_may_be_told_to_keep_messages_only()
    {
        await using var server = await IrcServer.StartAsync(options => options.HistoryEvents = false);
        var ann = await server.JoinAsync("Ann", "#room", Playback);
        await ann.AskAsync("PRIVMSG #room :hello");

        Assert.Equal(["hello"], Texts(await HistoryAsync(ann, "LATEST #room * 20")));
    }

    [Fact]
    public async Task Of_a_storm_of_comings_and_goings_a_part_is_kept()
    {
        await using var server = await IrcServer.StartAsync(options => options.HistoryPage = 1000);
        var ann = await server.JoinAsync("Ann", "#room", Playback);
        var bob = await server.RegisterAsync("Bob");
        for (var i = 0; i < 300; i++)
        {
            await bob.SendAllAsync("JOIN #room", "PART #room");
        }

        await bob.SyncAsync();
        await ann.SyncAsync();
        await ann.SendAsync("PRIVMSG #room :calm");
        await ann.ExpectAsync("PRIVMSG");

        var past = await HistoryAsync(ann, "LATEST #room * 1000");

        Assert.Equal("calm", past[^1].Text);
        Assert.InRange(past.Length, 100, 250);
    }

    private static async Task ReactAsync(IrcClient client)
    {
        await client.SendAsync("@+draft/react=x;+draft/reply=q TAGMSG #room");
        await client.ExpectAsync("TAGMSG");
    }

    /// <summary>Says something in the room, behind what has come so far.</summary>
    private static async Task SaidAsync(IrcClient author, IrcClient? other, string text)
    {
        await author.SyncAsync();
        await author.SendAsync($"PRIVMSG #room :{text}");
        await author.ReadUntilAsync("PRIVMSG");
        if (other is not null)
        {
            await other.SyncAsync();
        }
    }
}
