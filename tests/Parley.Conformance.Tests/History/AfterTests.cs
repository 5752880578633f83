using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>https://ircv3.net/specs/extensions/chathistory#after</summary>
public sealed class AfterTests : HistoryTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Quote(Spec, "Request up to `limit` number of messages after and excluding the given `timestamp` or `msgid`.")]
    public async Task Messages_after_a_place_are_the_nearest_ones(bool byId)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        var said = await SayAsync(ann, "#room", 10);

        Assert.Equal(Numbers(5, 10), Texts(await HistoryAsync(ann, $"AFTER #room {Ref(said[3], byId)} 20")));
        Assert.Equal(Numbers(5, 7), Texts(await HistoryAsync(ann, $"AFTER #room {Ref(said[3], byId)} 3")));
        Assert.Empty(await HistoryAsync(ann, $"AFTER #room {Ref(said[9], byId)} 3"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_forwards_show_each_message_once(bool byId)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        var said = await SayAsync(ann, "#room", 25);
        var seen = new List<string> { "1" };

        for (var page = await HistoryAsync(ann, $"AFTER #room {Ref(said[0], byId)} 7"); page.Length > 0; page = await HistoryAsync(ann, $"AFTER #room {Ref(page[^1], byId)} 7"))
        {
            seen.AddRange(Texts(page));
        }

        Assert.Equal(Numbers(1, 25), seen);
    }

    [Fact]
    public async Task A_message_that_was_not_kept_any_more_is_a_place_all_the_same()
    {
        await using var server = await IrcServer.StartAsync(history: new Parley.Core.History.MemoryHistoryStore(maxMessagesPerRoom: 5));
        var ann = await server.JoinAsync("Ann", "#room", Full);
        var said = new List<IrcLine>();
        for (var i = 1; i <= 10; i++)
        {
            await ann.SendAsync($"PRIVMSG #room :{i}");
            said.Add(await ann.ExpectAsync("PRIVMSG"));
        }

        Assert.Equal(Numbers(6, 10), Texts(await HistoryAsync(ann, $"AFTER #room {Ref(said[1], byId: true)} 9")));
        Assert.Empty(await HistoryAsync(ann, $"BEFORE #room {Ref(said[1], byId: true)} 9"));
    }
}
