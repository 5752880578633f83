using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>https://soju.im/search (doc/ext/search.md of soju)</summary>
public sealed class SearchTests : HistoryTest
{
    private const string Doc = "https://codeberg.org/emersion/soju/src/branch/master/doc/ext/search.md";
    private const string Caps = $"{Tags} soju.im/search";

    [Theory]
    [InlineData("text=apple;in=#one", "red apple,green apple,apple pie")]
    [InlineData("in=#one;text=APPLE", "red apple,green apple,apple pie")]
    [InlineData("in=#ONE;text=apple\\sred", "red apple")]
    [InlineData("in=#one;text=app*", "red apple,green apple,apple pie")]
    [InlineData("in=#one;text=pear", "")]
    [InlineData("in=#one;text=...", "")]
    [InlineData("in=#one;from=bob", "green apple,hello")]
    [InlineData("in=#one;from=bob;text=apple", "green apple")]
    [InlineData("in=#one;from=nobody", "")]
    [InlineData("in=#one", "red apple,green apple,hello,apple pie")]
    [InlineData("in=#one;limit=2", "hello,apple pie")]
    [InlineData("in=#one;limit=99999999999", "red apple,green apple,hello,apple pie")]
    [InlineData("in=#one;after=2026-06-01T12:00:01.000Z", "green apple,hello,apple pie")]
    [InlineData("in=#one;after=2026-06-01T12:00:01.000Z;limit=2", "green apple,hello")]
    [InlineData("in=#one;before=2026-06-01T12:00:01.000Z", "red apple,green apple")]
    [InlineData("in=#one;before=2026-06-01T12:00:01.000Z;limit=1", "green apple")]
    [InlineData("in=#one;before=2010-01-01T00:00:00.000Z", "")]
    [InlineData("in=#one;text=apple;before=2026-06-01T12:00:00.000Z", "red apple")]
    [InlineData("in=#one;text=apple;after=2026-06-01T12:00:03.000Z", "apple pie")]
    [InlineData("text=apple", "red apple,green apple,apple pie,apple tree")]
    [InlineData("text=apple;limit=1", "apple tree")]
    [InlineData("from=Bob", "green apple,hello,apple tree")]
    [InlineData("in=Bob;text=apple", "an apple for you")]
    [InlineData("in=Bob", "an apple for you,thanks")]
    [InlineData("in=Bob;from=Bob", "thanks")]
    [InlineData("in=Nobody;text=apple", "")]
    [Quote(Doc, "The server then replies with a batch of batch type `search` containing messages matching all the specified attributes.")]
    [Quote(Doc, "The order of returned messages within the batch is implementation-defined, but SHOULD be ascending time order or some approximation thereof, regardless of the subcommand used.")]
    [Quote(Doc, "`after`: the message was sent at or after this time (same format as the `server-time` specification).")]
    [Quote(Doc, "If `after` is specified, messages SHOULD be searched from that time. Otherwise, messages SHOULD be searched from the `before` time, which defaults to the current server time.")]
    public async Task Messages_are_found_by_what_is_asked(string attributes, string texts)
    {
        var ann = await TalkAsync();

        Assert.Equal(texts, string.Join(',', Texts(await SearchAsync(ann, attributes))));
    }

    [Fact]
    [Quote(Doc, "When provided, the msgid tag that identifies each individual message in a response MUST be the msgid tag as originally sent by the IRC server.")]
    public async Task What_is_found_is_as_it_was()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Caps);
        await ann.SendAsync("@+draft/reply=q NOTICE #room :an apple");
        var said = await ann.ExpectAsync("NOTICE");

        var found = Assert.Single(await SearchAsync(ann, "text=apple"));

        Assert.Equal(said.Body, found.Body);
        Assert.Equal(said.Tags.OrderBy(tag => tag.Key), found.Tags.Where(tag => tag.Key != "batch").OrderBy(tag => tag.Key));
    }

    [Fact]
    [Quote(Doc, "These messages MUST be `PRIVMSG` or `NOTICE` messages.")]
    public async Task Nothing_else_is_found()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Caps} draft/event-playback");
        await ann.AskAsync("@+draft/react=apple TAGMSG #room");
        await ann.AskAsync("NICK apple");

        Assert.Empty(await SearchAsync(ann, "text=apple"));
        Assert.Empty(await SearchAsync(ann, "in=#room"));
    }

    [Theory]
    [InlineData("SEARCH", "*")]
    [InlineData("SEARCH :", "*")]
    [InlineData("SEARCH where=#one", "where")]
    [InlineData("SEARCH in=#one;limit=0", "limit")]
    [InlineData("SEARCH in=#one;limit=many", "limit")]
    [InlineData("SEARCH in=#one;after=yesterday", "after")]
    [InlineData("SEARCH in=#one;before=", "before")]
    [InlineData("SEARCH in=#one;from=no!nick", "from")]
    [InlineData("SEARCH text=", "text")]
    [InlineData("SEARCH in=", "in")]
    [InlineData("SEARCH in=#three;text=apple", "in")]
    [InlineData("SEARCH in=#none;text=apple", "in")]
    [InlineData("SEARCH in=no!nick", "in")]
    [Quote(Doc, "If the selectors were invalid, the `INVALID_PARAMS` error code SHOULD be returned.")]
    public async Task What_makes_no_sense_is_refused(string command, string wrong)
    {
        var ann = await TalkAsync();

        await RefusedAsync(ann, command, "SEARCH", "INVALID_PARAMS", wrong);
    }

    [Theory]
    [InlineData("text=apple;in=#room")]
    [InlineData("in=#room")]
    [InlineData("text=apple;in=Bob")]
    public async Task Pages_by_the_last_messages_id_show_each_once_also_where_more_than_a_page_is_of_one_time(string attributes)
    {
        var ann = await SayAtOnceAsync(Server, 7);
        foreach (var (bound, isBackward) in new[] { ("before", true), ("after", false) })
        {
            var seen = new List<string>();
            var page = isBackward ? await SearchAsync(ann, $"{attributes};limit=3") : await SearchAsync(ann, $"{attributes};limit=3;after=2020-01-01T00:00:00.000Z");
            while (page.Length > 0)
            {
                seen.InsertRange(isBackward ? 0 : seen.Count, Texts(page));
                page = await SearchAsync(ann, $"{attributes};limit=2;{bound}=msgid={(isBackward ? page[0] : page[^1]).Tags["msgid"]}");
            }

            Assert.Equal(Enumerable.Range(1, 7).Select(number => $"apple {number}"), seen);
        }
    }

    [Theory]
    [InlineData("text=apple;in=#room")]
    [InlineData("text=apple")]
    public async Task Pages_by_the_last_time_get_further_where_more_than_a_page_is_of_one_time(string attributes)
    {
        await using var server = await IrcServer.StartAsync(options => options.HistoryPage = 3);
        var ann = await SayAtOnceAsync(server, 7, "apple before");

        var found = await SearchAsync(ann, attributes);
        Assert.Equal(["apple 5", "apple 6", "apple 7"], Texts(found));
        found = await SearchAsync(ann, $"{attributes};before={found[0].Tags["time"]}");
        Assert.Equal(["apple before", "apple 1", "apple 2", "apple 3", "apple 4", "apple 5", "apple 6", "apple 7"], Texts(found));
        var last = found[^1].Tags["time"];
        Assert.Equal(["apple 5", "apple 6", "apple 7"], Texts(await SearchAsync(ann, $"{attributes};limit=3;before={last}")));
        Assert.Equal(7, (await SearchAsync(ann, $"{attributes};after={last}")).Length);
    }

    [Theory]
    [InlineData("in=#room;before=msgid=", "before")]
    [InlineData("in=#room;after=msgid=none", "after")]
    [InlineData("text=apple;before=msgid={0}", "before")]
    [InlineData("in=#other;before=msgid={0}", "before")]
    public async Task A_message_that_is_not_where_is_searched_is_no_place_to_search_from(string attributes, string wrong)
    {
        var ann = await SayAtOnceAsync(Server, 1);
        var id = (await SearchAsync(ann, "in=#room"))[0].Tags["msgid"];

        await RefusedAsync(ann, $"SEARCH {attributes.Replace("{0}", id, StringComparison.Ordinal)}", "SEARCH", "INVALID_PARAMS", wrong);
    }

    [Fact]
    [Quote(Doc, "If the search cannot be run due to an internal error, the `INTERNAL_ERROR` error code SHOULD be returned.")]
    public async Task A_store_that_fails_is_an_error_and_not_the_end()
    {
        var store = new FailingStore();
        await using var server = await IrcServer.StartAsync(history: store);
        var ann = await server.JoinAsync("Ann", "#room", Caps);
        store.Fails = true;

        await RefusedAsync(ann, "SEARCH in=#room;text=apple", "SEARCH", "INTERNAL_ERROR");
    }

    [Fact]
    [Quote(Doc, "If the batch capability was negotiated, the server MUST reply to a successful SEARCH command using a batch with batch type `search`.")]
    public async Task Without_batches_what_is_found_comes_by_itself()
    {
        var ann = await Server.JoinAsync("Ann", "#room", "soju.im/search");
        await ann.AskAsync("PRIVMSG #room :an apple");

        Assert.Equal(":Ann!~ann@localhost PRIVMSG #room :an apple", Assert.Single(await ann.AskAsync("SEARCH text=apple")).Raw);
    }

    [Fact]
    [Quote(Doc, "The `soju.im/search` capability MUST be negotiated.")]
    public async Task Whoever_has_not_negotiated_it_has_no_such_command()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);

        Assert.Equal("421", Assert.Single(await ann.AskAsync("SEARCH text=apple")).Command);
    }

    [Fact]
    public async Task A_label_stands_on_the_batch()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Caps} labeled-response");

        var answer = await ann.AskAsync("@label=s SEARCH text=apple");

        Assert.Equal(["BATCH", "BATCH"], answer.Select(line => line.Command));
        Assert.Equal("s", answer[0].Tags["label"]);
    }

    private static Task<IrcLine[]> SearchAsync(IrcClient client, string attributes) => BatchAsync(client, $"SEARCH {attributes}", "soju.im/search");

    /// <summary>Ann, who has said so many things in <c>#room</c>, and to Bob, as the clock stood still, and before that perhaps something else.</summary>
    private static async Task<IrcClient> SayAtOnceAsync(IrcServer server, int count, string? before = null)
    {
        var ann = await server.JoinAsync("Ann", "#room,#other", Caps);
        await server.JoinAsync("Bob", "#other", Tags);
        if (before is not null)
        {
            await ann.AskAsync($"PRIVMSG #room :{before}");
            server.Time.Advance(TimeSpan.FromSeconds(1));
        }

        for (var number = 1; number <= count; number++)
        {
            await ann.AskAsync($"PRIVMSG #room :apple {number}");
            await ann.AskAsync($"PRIVMSG Bob :apple {number}");
        }

        return ann;
    }

    /// <summary>Ann, who is in <c>#one</c> and <c>#two</c>. What is said is a second apart.</summary>
    private async Task<IrcClient> TalkAsync()
    {
        var ann = await Server.JoinAsync("Ann", "#one,#two", Caps);
        var bob = await Server.JoinAsync("Bob", "#one,#two,#three", Tags);
        (IrcClient Who, string Where, string What)[] said =
        [
            (ann, "#one", "red apple"), (bob, "#one", "green apple"), (bob, "#one", "hello"), (ann, "#one", "apple pie"), (bob, "#two", "apple tree"),
            (bob, "#three", "secret apple"), (ann, "Bob", "an apple for you"), (bob, "Ann", "thanks"),
        ];
        foreach (var (who, where, what) in said)
        {
            await who.SyncAsync();
            await who.SendAsync($"PRIVMSG {where} :{what}");
            await who.ExpectAsync("PRIVMSG");
            Server.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await ann.SyncAsync();
        return ann;
    }
}
