using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/multiline: how messages of several lines are shown.</summary>
public sealed class MultilineTests : MessageTest
{
    private const string Caps = "draft/multiline batch message-tags";

    private static readonly string[] Example =
    [
        "BATCH +123 draft/multiline #room",
        "@batch=123 PRIVMSG #room hello",
        "@batch=123 PRIVMSG #room :",
        "@batch=123 privmsg #room :how is ",
        "@batch=123;draft/multiline-concat PRIVMSG #room :everyone?",
        "BATCH -123",
    ];

    [Fact]
    [Quote(Multiline, "The capability MUST be advertised by servers with a REQUIRED value: a comma (`,`) (0x2C) separated list of tokens.")]
    [Quote(Multiline, "`max-bytes` - This defines the maximum allowed total byte length of a multiline batch's combined message value, as defined below *REQUIRED*")]
    public async Task Clients_are_told_how_long_a_message_may_be()
    {
        var client = await Server.ConnectAsync();
        Assert.Contains("draft/multiline=max-bytes=4096,max-lines=100", (await client.AskAsync("CAP LS 302")).SelectMany(line => line.Text.Split(' ')));
    }

    [Fact]
    [Quote(Multiline, "The combined message value of a multiline batch is defined as the concatenation of the messages from each individual line within the batch.")]
    [Quote(Multiline, "Line messages are joined by a single line feed (`\\n`) byte unless the `draft/multiline-concat` message tag is sent, in which case that line's message is directly joined with the previous line's message with no separation.")]
    public async Task A_message_of_several_lines_arrives_as_one_batch()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await ann.SendAllAsync(Example);
        Assert.Empty(await ann.SyncAsync());

        var heard = await bob.SyncAsync();

        var id = heard[0].Parameters[0][1..];
        Assert.Equal($":Ann!~ann@localhost BATCH +{id} draft/multiline #room", heard[0].Body);
        Assert.Contains("msgid", heard[0].Tags.Keys);
        Assert.Equal(
            [
                ":Ann!~ann@localhost PRIVMSG #room :hello", ":Ann!~ann@localhost PRIVMSG #room :",
                ":Ann!~ann@localhost PRIVMSG #room :how is ", ":Ann!~ann@localhost PRIVMSG #room :everyone?",
            ],
            Bodies(heard[1..^1]));
        Assert.All(heard[1..^2], line => Assert.Equal([KeyValuePair.Create("batch", id)], line.Tags));
        Assert.Equal([KeyValuePair.Create("batch", id), KeyValuePair.Create("draft/multiline-concat", "")], heard[^2].Tags);
        Assert.Equal($"-{id}", Assert.Single(heard[^1].Parameters));
    }

    [Fact]
    [Quote(Multiline, "When delivering multiline batches to clients that have not negotiated the multiline capability, servers MUST deliver the component messages without using a multiline BATCH.")]
    [Quote(Multiline, "Servers MUST NOT send blank lines to clients that have not negotiated the multiline capability.")]
    [Quote(Multiline, "Servers MUST only include a message ID on the first message of a batch when sending a fallback to non-supporting clients.")]
    [Quote(Multiline, "Any tags that would have been added to the batch, e.g. message IDs, account tags etc MUST be included on the first message line to be sent.")]
    [Quote(Multiline, "Servers SHOULD maintain the line composition sent by the client instead of combining to a normalised form before re-splitting.")]
    public async Task Others_get_its_lines()
    {
        var (ann, bob) = await MeetAsync(Caps, "message-tags server-time batch");
        await ann.SendAllAsync(["@+draft/reply=x " + Example[0], .. Example[1..]]);
        await ann.SyncAsync();

        var heard = await bob.SyncAsync();

        Assert.Equal(
            [":Ann!~ann@localhost PRIVMSG #room :hello", ":Ann!~ann@localhost PRIVMSG #room :how is ", ":Ann!~ann@localhost PRIVMSG #room :everyone?"],
            Bodies(heard));
        Assert.Equal(["+draft/reply", "+reply", "msgid", "time"], heard[0].Tags.Keys.Order(StringComparer.Ordinal));
        Assert.All(heard[1..], line => Assert.Equal(["time"], line.Tags.Keys));
    }

    [Theory]
    [InlineData("draft/multiline message-tags")]
    [InlineData("batch message-tags")]
    [Quote(Multiline, "This specification depends on the `batch` capability which MUST be negotiated to use multiline messages.")]
    public async Task Without_both_capabilities_there_is_no_batch(string capabilities)
    {
        var (ann, bob) = await MeetAsync(Caps, capabilities);
        await ann.SendAllAsync(Example);
        await ann.SyncAsync();
        Assert.Equal(["PRIVMSG", "PRIVMSG", "PRIVMSG"], (await bob.SyncAsync()).Select(line => line.Command));
    }

    [Fact]
    [Quote(Multiline, "In particular, all client-only tags associated with the message must be sent attached to the initial BATCH command.")]
    public async Task Its_tags_are_those_of_the_batch()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps + " server-time");
        await ann.SendAllAsync(["@+draft/reply=x " + Example[0], .. Example[1..]]);
        await ann.SyncAsync();
        var heard = await bob.SyncAsync();
        Assert.Equal(["+draft/reply", "+reply", "msgid", "time"], heard[0].Tags.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Quote(Multiline, "Servers MUST only include the label tag on the opening BATCH command when replying to a client using `echo-message`.")]
    public async Task The_echo_has_the_label_of_the_opening_command()
    {
        var (ann, _) = await MeetAsync(Caps + " labeled-response echo-message");
        await ann.SendAllAsync(["@label=x " + Example[0], .. Example[1..]]);
        var echo = await ann.SyncAsync();
        Assert.Equal(["BATCH", "PRIVMSG", "PRIVMSG", "PRIVMSG", "PRIVMSG", "BATCH"], echo.Select(line => line.Command));
        Assert.Equal(["x"], echo.Where(line => line.Tags.ContainsKey("label")).Select(line => line.Tags["label"]));
        Assert.Equal("x", echo[0].Tags["label"]);
    }

    [Fact]
    public async Task Without_echo_the_label_is_acknowledged_when_it_is_said()
    {
        var (ann, _) = await MeetAsync(Caps + " labeled-response");
        await ann.SendAllAsync(["@label=x " + Example[0], .. Example[1..^1]]);
        Assert.Empty(await ann.SyncAsync());
        var answer = Assert.Single(await ann.AskAsync(Example[^1]));
        Assert.Equal(["ACK", "x"], [answer.Command, answer.Tags["label"]]);
    }

    [Fact]
    public async Task Somebody_who_is_not_there_is_told_with_the_label()
    {
        var ann = await Server.RegisterAsync("Ann", Caps + " labeled-response echo-message");
        await ann.SendAllAsync("@label=x BATCH +1 draft/multiline Nobody", "@batch=1 PRIVMSG Nobody :a", "@batch=1 PRIVMSG Nobody :b");
        var answer = Assert.Single(await ann.AskAsync("BATCH -1"));
        Assert.Equal(["401", "x"], [answer.Command, answer.Tags["label"]]);
    }

    [Fact]
    [Quote(Multiline, "Multiline batches MUST only contain one or more PRIVMSG lines, or one or more NOTICE lines.")]
    public async Task A_notice_may_have_several_lines()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await ann.SendAllAsync("BATCH +1 draft/multiline Bob", "@batch=1 NOTICE Bob :a", "@batch=1 NOTICE Bob :b", "BATCH -1");
        await ann.SyncAsync();
        Assert.Equal(["BATCH", "NOTICE", "NOTICE", "BATCH"], (await bob.SyncAsync()).Select(line => line.Command));
    }

    [Fact]
    public async Task One_line_needs_no_batch()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await ann.SendAllAsync("BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #room :alone", "BATCH -1");
        await ann.SyncAsync();
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :alone");
    }

    [Fact]
    public async Task A_long_line_is_cut_after_words_and_put_together_again()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        var words = string.Concat(Enumerable.Range(0, 60).Select(i => $"word{i} "));
        await ann.SendAllAsync(
            "BATCH +1 draft/multiline #room",
            $"@batch=1 PRIVMSG #room :{words}",
            $"@batch=1;draft/multiline-concat PRIVMSG #room :{words}",
            "@batch=1 PRIVMSG #room :end",
            "BATCH -1");
        await ann.SyncAsync();

        var heard = (await bob.SyncAsync())[1..^1];

        Assert.All(heard, line => Assert.InRange(line.Body.Length, 1, 510));
        Assert.Equal($"{words}{words}\nend", Combined(heard));
    }

    [Fact]
    public async Task A_line_that_its_author_has_cut_is_cut_there_for_its_readers_and_where_it_is_still_too_long()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        string[] cut = ["short ", new string('x', 480), "\u00e4 end"];
        await ann.SendAllAsync(
            "BATCH +1 draft/multiline #room",
            $"@batch=1 PRIVMSG #room :{cut[0]}",
            $"@batch=1;draft/multiline-concat PRIVMSG #room :{cut[1]}",
            $"@batch=1;draft/multiline-concat PRIVMSG #room :{cut[2]}",
            "BATCH -1");
        await ann.SyncAsync();

        var heard = (await bob.SyncAsync())[1..^1];

        var room = 510 - ":Ann!~ann@localhost PRIVMSG #room :".Length;
        Assert.Equal([cut[0], cut[1][..room], cut[1][room..], cut[2]], heard.Select(line => line.Text));
        Assert.Equal([false, true, true, true], heard.Select(line => line.Tags.ContainsKey("draft/multiline-concat")));
    }

    [Fact]
    public async Task An_action_that_its_author_has_cut_is_an_action()
    {
        var (ann, bob) = await MeetAsync(Caps, Caps);
        await ann.SendAllAsync(
            "BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #room :\u0001ACTION waves ", "@batch=1;draft/multiline-concat PRIVMSG #room :a lot\u0001", "BATCH -1");
        await ann.SyncAsync();
        await bob.ExpectLineAsync(":Ann!~ann@localhost PRIVMSG #room :\u0001ACTION waves a lot\u0001");
    }

    [Fact]
    public async Task One_line_that_is_too_long_for_others_is_a_batch_too()
    {
        var (ann, bob) = await MeetAsync(bob: Caps);
        var text = new string('x', 510 - "PRIVMSG #room :".Length);
        await ann.AskAsync($"PRIVMSG #room :{text}");
        var heard = await bob.SyncAsync();
        Assert.Equal(["BATCH", "PRIVMSG", "PRIVMSG", "BATCH"], heard.Select(line => line.Command));
        Assert.Equal(text, Combined(heard[1..^1]));
    }

    [Fact]
    public async Task People_on_lines_and_addressed_see_its_lines()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main", Caps);
        await lena.ExpectAsync("Ann joined");
        await ann.SendAllAsync("BATCH +1 draft/multiline #main", "@batch=1 PRIVMSG #main :one", "@batch=1 PRIVMSG #main :", "@batch=1 PRIVMSG #main :two", "BATCH -1");
        await ann.SendAllAsync("BATCH +1 draft/multiline Lena", "@batch=1 PRIVMSG Lena :three", "@batch=1 PRIVMSG Lena :four", "BATCH -1");
        await lena.ExpectAsync("Ann: one", "Ann: two", "from Ann: three", "from Ann: four");
    }

    [Fact]
    public async Task It_is_one_message_in_history()
    {
        await using var server = await IrcServer.StartAsync(options => options.HistoryReplay = 20);
        var all = await server.JoinAllAsync("#room", ("Ann", Caps + " echo-message"), ("Bob", Caps));
        await all[0].SendAllAsync(Example);
        var said = (await all[0].SyncAsync())[0].Tags["msgid"];

        var cid = await server.RegisterAsync("Cid", Caps + " server-time");
        var shown = await cid.AskAsync("JOIN #room");

        Assert.Equal(said, Assert.Single(shown, line => line.Tags.ContainsKey("msgid")).Tags["msgid"]);
        Assert.Equal("hello\n\nhow is everyone?", Combined(shown.Where(line => line.Command == "PRIVMSG")));
    }

    private static string Combined(IEnumerable<IrcLine> lines)
        => string.Concat(lines.Select((line, i) => i == 0 || line.Tags.ContainsKey("draft/multiline-concat") ? line.Text : "\n" + line.Text));
}
