using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>https://ircv3.net/specs/extensions/chathistory#latest</summary>
public sealed class LatestTests : HistoryTest
{
    [Theory]
    [InlineData(20, 1)]
    [InlineData(10, 1)]
    [InlineData(5, 6)]
    [InlineData(1, 10)]
    [Quote(Spec, "Request up to `limit` number of the most recent messages that have been sent.")]
    public async Task The_newest_messages_come_oldest_first(int limit, int first)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        await SayAsync(ann, "#room", 10);

        Assert.Equal(Numbers(first, 10), Texts(await HistoryAsync(ann, $"LATEST #room * {limit}")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Quote(Spec, "If a `timestamp` or `msgid` is given, the returned messages are restricted to those sent after and excluding that timestamp or msgid; if a `*` is given, no such restriction applies.")]
    public async Task A_place_bounds_them(bool byId)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        var said = await SayAsync(ann, "#room", 10);

        Assert.Equal(Numbers(6, 10), Texts(await HistoryAsync(ann, $"LATEST #room {Ref(said[4], byId)} 20")));
        Assert.Equal(Numbers(9, 10), Texts(await HistoryAsync(ann, $"LATEST #room {Ref(said[4], byId)} 2")));
        Assert.Empty(await HistoryAsync(ann, $"LATEST #room {Ref(said[9], byId)} 20"));
    }

    [Fact]
    [Quote(Spec, "The `msgid` tag that identifies each individual message in a response MUST be the `msgid` tag as originally sent by the IRC server.")]
    [Quote(Spec, "The `server-time` tag on each message SHOULD be the time at which the message was received by the IRC server.")]
    public async Task Messages_are_as_they_were()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Full} account-tag");
        var said = await SayAsync(ann, "#room", 3);
        await ann.SendAsync("@+draft/channel-context=a\\:b;+draft/reply=q PRIVMSG #room :\u0001ACTION waves\u0001");
        var action = await ann.ExpectAsync("PRIVMSG");
        await ann.SendAsync("NOTICE #room :look");
        IrcLine[] all = [.. said, action, await ann.ExpectAsync("NOTICE")];

        var past = await HistoryAsync(ann, "LATEST #room * 20");

        Assert.Equal(all.Select(line => line.Body), past.Select(line => line.Body));
        Assert.Equal(all.Select(TagsOf), past.Select(TagsOf));
        Assert.Equal("a;b", past[3].Tags["+draft/channel-context"]);

        static string TagsOf(IrcLine line) => string.Join(' ', line.Tags.Where(tag => tag.Key != "batch").OrderBy(tag => tag.Key));
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999")]
    public async Task A_limit_beyond_all_numbers_is_as_many_as_there_may_be(string limit)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        await SayAsync(ann, "#room", 3);

        Assert.Equal(Numbers(1, 3), Texts(await HistoryAsync(ann, $"LATEST #room * {limit}")));
    }

    [Fact]
    public async Task Tags_that_say_nothing_about_a_message_are_passed_on_and_not_kept()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        await ann.SendAsync($"@+x={new string('x', 4000)};+draft/reply=q PRIVMSG #room :a");
        var said = await ann.ExpectAsync("PRIVMSG");

        var past = Assert.Single(await HistoryAsync(ann, "LATEST #room * 20"));

        Assert.True(said.Tags.ContainsKey("+x"));
        Assert.False(past.Tags.ContainsKey("+x"));
        Assert.Equal("q", past.Tags["+draft/reply"]);
    }

    [Fact]
    [Quote(Spec, "If no content exists to return, the server SHOULD return an empty batch in order to avoid the client waiting for a reply.")]
    public async Task Nothing_said_is_an_empty_batch()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);

        Assert.Empty(await HistoryAsync(ann, "LATEST #room * 20"));
    }

    [Fact]
    [Quote(Spec, "the batch MUST have type `chathistory` and take a single additional parameter, the canonical name of the target being queried.")]
    public async Task The_batch_names_the_room_as_it_was_asked_for()
    {
        var ann = await Server.JoinAsync("Ann", "#Room", Full);
        await SayAsync(ann, "#room", 1);

        Assert.Single(await BatchAsync(ann, "CHATHISTORY LATEST #rOOM * 20", "chathistory", "#rOOM"));
    }

    [Fact]
    public async Task Sub_commands_are_the_same_in_any_case()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        await SayAsync(ann, "#room", 1);

        Assert.Single(await HistoryAsync(ann, "latest #room * 20"));
    }

    [Fact]
    [Quote(Spec, "`CHATHISTORY` MUST be sent to the client to state the maximum number of messages a client can request in a single command")]
    public async Task No_more_comes_than_the_server_says()
    {
        await using var server = await IrcServer.StartAsync(options => options.HistoryPage = 7);
        var ann = await server.JoinAsync("Ann", "#room", Full);
        for (var i = 1; i <= 10; i++)
        {
            await ann.SendAsync($"PRIVMSG #room :{i}");
            await ann.ExpectAsync("PRIVMSG");
        }

        Assert.Equal(Numbers(4, 10), Texts(await HistoryAsync(ann, "LATEST #room * 1000000")));
    }

    [Fact]
    public async Task Whoever_comes_later_reads_what_was_said_before()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        await SayAsync(ann, "#room", 3);
        var bob = await Server.JoinAsync("Bob", "#room", Full);

        Assert.Equal(Numbers(1, 3), Texts(await HistoryAsync(bob, "LATEST #room * 20")));
    }

    [Fact]
    public async Task What_people_on_lines_said_is_there()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main", Full);
        await lena.ExpectAsync("Ann joined");
        await lena.SendLineAsync("hi");
        await lena.SendLineAsync("/me waves");
        await ann.ExpectAsync("PRIVMSG");
        await ann.ExpectAsync("PRIVMSG");

        var past = await HistoryAsync(ann, "LATEST #main * 20");

        Assert.Equal(
            [":Lena!lines@localhost PRIVMSG #main :hi", ":Lena!lines@localhost PRIVMSG #main :\u0001ACTION waves\u0001"],
            past.Select(line => line.Body));
    }

    [Fact]
    [Quote("https://ircv3.net/specs/extensions/labeled-response", "The start of the batch MUST be tagged with the `label` tag.")]
    public async Task A_label_stands_on_the_batch()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Full} labeled-response");
        await SayAsync(ann, "#room", 2);

        var answer = await ann.AskAsync("@label=L1 CHATHISTORY LATEST #room * 20");

        Assert.Equal(["BATCH", "PRIVMSG", "PRIVMSG", "BATCH"], answer.Select(line => line.Command));
        Assert.Equal("L1", answer[0].Tags["label"]);
        Assert.Single(answer, line => line.Tags.ContainsKey("label"));
    }

    [Fact]
    public async Task A_message_of_several_lines_is_a_batch_in_the_batch()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Full} draft/multiline");
        await ann.SendAllAsync("BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #room :one", "@batch=1 PRIVMSG #room :two", "BATCH -1");
        await ann.ReadUntilAsync("BATCH");
        await ann.SyncAsync();

        var answer = await ann.AskAsync("CHATHISTORY LATEST #room * 20");

        Assert.Equal(["BATCH", "BATCH", "PRIVMSG", "PRIVMSG", "BATCH", "BATCH"], answer.Select(line => line.Command));
        Assert.Equal(answer[0].Parameters[0][1..], answer[1].Tags["batch"]);
        Assert.Equal(answer[1].Parameters[0][1..], answer[2].Tags["batch"]);
        Assert.Equal(["one", "two"], answer.Skip(2).Take(2).Select(line => line.Text));
    }
}
