using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.History;

/// <summary>https://ircv3.net/specs/extensions/chathistory, as changed on 2026-03-01 and 2026-03-02, and the tag of Ergo 2.19 that ends paging</summary>
public sealed class ContextTests : HistoryTest
{
    private const string ContextTag = "draft/chathistory-context";
    private const string EndTag = "draft/chathistory-end";

    [Theory]
    [InlineData(Full)]
    [InlineData(Playback)]
    [Quote(Spec, "Such messages MUST be tagged with the `draft/chathistory-context` tag and MUST immediately follow their parent message.", "2026-03-02")]
    [Quote(Spec, "Context messages MUST NOT be counted towards the message limit.", "2026-03-02")]
    public async Task Reactions_follow_their_message_and_do_not_count(string capabilities)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        var said = await SayAsync(ann, "#room", 3);
        await ReactAsync(ann, said[0], "a");
        await ReactAsync(ann, said[2], "b");
        await ReactAsync(ann, said[0], "c");
        var bob = await Server.RegisterAsync("Bob", capabilities);
        await bob.AskAsync("JOIN #room");

        var page = await HistoryAsync(bob, $"BEFORE #room {Ref(said[2], byId: true)} 2");

        Assert.Equal(["1", "a", "c", "2"], page.Where(line => line.Command is "PRIVMSG" or "TAGMSG").Select(line => line.Command == "PRIVMSG" ? line.Text : line.Tags["+draft/react"]));
        Assert.All(page, line => Assert.Equal(line.Command == "TAGMSG", line.Tags.ContainsKey(ContextTag)));
    }

    [Fact]
    public async Task No_page_has_nothing_but_reactions()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        var first = await SayAsync(ann, "#room", 5);
        for (var i = 0; i < 101; i++)
        {
            await ReactAsync(ann, first[i % 5], $"r{i}");
        }

        var last = await SayAsync(ann, "#room", 3, first: 6);
        var bob = await Server.RegisterAsync("Bob", Playback);
        await bob.AskAsync("JOIN #room");

        var page = await HistoryAsync(bob, $"BEFORE #room {Ref(last[0], byId: true)} 3");

        Assert.Equal(Numbers(3, 5), Texts(page.Where(line => line.Command == "PRIVMSG")));
    }

    [Fact]
    public async Task On_lines_and_so_in_parley_chat_reactions_take_no_place_in_a_page()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        var said = await SayAsync(ann, "#room", 3);
        for (var i = 0; i < 150; i++)
        {
            await ReactAsync(ann, said[i % 3], $"r{i}");
        }

        await using var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/join room", "/history");

        var page = await lena.ReadUntilAsync("History - end");
        Assert.Equal(["1", "2", "3"], page.Where(line => line.Contains(" Ann: ", StringComparison.Ordinal)).Select(line => line.Split(": ")[1]));
    }

    [Fact]
    public async Task Without_message_tags_there_are_no_reactions()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        var said = await SayAsync(ann, "#room", 1);
        await ReactAsync(ann, said[0], "a");
        var bob = await Server.RegisterAsync("Bob", "batch server-time draft/chathistory");
        await bob.AskAsync("JOIN #room");

        Assert.Equal(["PRIVMSG"], (await HistoryAsync(bob, "LATEST #room * 5")).Commands());
    }

    [Theory]
    [InlineData("LATEST #room * 5", false)]
    [InlineData("LATEST #room * 6", true)]
    [InlineData("BEFORE #room {4} 3", false)]
    [InlineData("BEFORE #room {4} 4", true)]
    [InlineData("AFTER #room {4} 1", false)]
    [InlineData("AFTER #room {4} 2", true)]
    [InlineData("AFTER #room {5} 2", true)]
    [InlineData("BETWEEN #room {1} {5} 3", false)]
    [InlineData("BETWEEN #room {1} {5} 4", true)]
    [InlineData("AROUND #room {3} 20", false)]
    [InlineData("TARGETS timestamp=2000-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z 1", false)]
    [InlineData("TARGETS timestamp=2000-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z 2", true)]
    public async Task The_batch_says_that_there_is_nothing_more(string command, bool isEnd)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        var said = await SayAsync(ann, "#room", 5);
        for (var i = 1; i <= 5; i++)
        {
            command = command.Replace($"{{{i}}}", Ref(said[i - 1], byId: true), StringComparison.Ordinal);
        }

        var opening = (await ann.AskAsync($"CHATHISTORY {command}"))[0];

        Assert.Equal(("BATCH", isEnd), (opening.Command, opening.Tags.ContainsKey(EndTag)));
        Assert.Contains("time", opening.Tags.Keys);
    }

    [Fact]
    public async Task The_label_and_the_end_stand_on_one_batch()
    {
        var ann = await Server.JoinAsync("Ann", "#room", $"{Full} labeled-response");
        await SayAsync(ann, "#room", 1);

        var opening = (await ann.AskAsync("@label=h CHATHISTORY LATEST #room * 5"))[0];

        Assert.Equal(("h", "", "parley"), (opening.Tags["label"], opening.Tags[EndTag], opening.Source));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(-5)]
    [Quote(Spec, "they match against the latest message stored for the target (i.e. a target is not returned if its latest message is outside of the selection parameters, even if it has other messages inside them)", "2026-03-01")]
    public async Task A_target_counts_by_its_latest_message_wherever_the_server_is(int hours)
    {
        Server.Time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(hours), "test", "test"));
        var ann = await Server.JoinAsync("Ann", "#old,#new", Full);
        var old = await SayAsync(ann, "#old", 1);
        var first = await SayAsync(ann, "#new", 1);
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(ann, "#new", 1);

        var targets = await BatchAsync(
            ann, "CHATHISTORY TARGETS timestamp=2026-06-01T11:00:00.000Z timestamp=2026-06-01T12:00:30.000Z 10", "draft/chathistory-targets");

        Assert.NotEqual(old[0].Tags["time"], first[0].Tags["time"]);
        Assert.Equal(["#old"], targets.Select(line => line.Parameters[1]));
    }

    private static async Task ReactAsync(IrcClient client, IrcLine message, string reaction)
    {
        await client.SendAsync($"@+reply={message.Tags["msgid"]};+draft/react={reaction} TAGMSG #room");
        await client.ExpectAsync("TAGMSG");
    }
}
