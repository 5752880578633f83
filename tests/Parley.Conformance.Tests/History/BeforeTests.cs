using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>https://ircv3.net/specs/extensions/chathistory#before</summary>
public sealed class BeforeTests : HistoryTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Quote(Spec, "Request up to `limit` number of messages before and excluding the given `timestamp` or `msgid`.")]
    public async Task Messages_before_a_place_are_the_nearest_ones(bool byId)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        var said = await SayAsync(ann, "#room", 10);

        Assert.Equal(Numbers(1, 6), Texts(await HistoryAsync(ann, $"BEFORE #room {Ref(said[6], byId)} 20")));
        Assert.Equal(Numbers(5, 6), Texts(await HistoryAsync(ann, $"BEFORE #room {Ref(said[6], byId)} 2")));
        Assert.Empty(await HistoryAsync(ann, $"BEFORE #room {Ref(said[0], byId)} 2"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Quote(Spec, "this will allow BEFORE, AFTER, and BETWEEN queries that use msgids for pagination to function as expected.")]
    public async Task Pages_backwards_show_each_message_once(bool byId)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        await SayAsync(ann, "#room", 25);
        var seen = new List<string>();

        for (var page = await HistoryAsync(ann, "LATEST #room * 7"); page.Length > 0; page = await HistoryAsync(ann, $"BEFORE #room {Ref(page[0], byId)} 7"))
        {
            seen.InsertRange(0, Texts(page));
        }

        Assert.Equal(Numbers(1, 25), seen);
    }

    [Fact]
    public async Task Pages_by_id_part_messages_of_the_same_time()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        for (var i = 1; i <= 9; i++)
        {
            await ann.SendAsync($"PRIVMSG #room :{i}");
            await ann.ExpectAsync("PRIVMSG");
        }

        var last = await HistoryAsync(ann, "LATEST #room * 4");
        var before = await HistoryAsync(ann, $"BEFORE #room {Ref(last[0], byId: true)} 4");

        Assert.Equal(Numbers(2, 9), Texts([.. before, .. last]));
        Assert.Single(last.Concat(before).Select(line => line.Tags["time"]).Distinct());
    }

    [Fact]
    public async Task A_time_may_be_one_at_which_nothing_was_said()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        await SayAsync(ann, "#room", 3);

        Assert.Equal(Numbers(1, 3), Texts(await HistoryAsync(ann, "BEFORE #room timestamp=2030-01-01T00:00:00.000Z 9")));
        Assert.Equal(Numbers(1, 2), Texts(await HistoryAsync(ann, "BEFORE #room timestamp=2026-06-01T12:00:01.001Z 9")));
        Assert.Empty(await HistoryAsync(ann, "BEFORE #room timestamp=1970-01-01T00:00:00.000Z 9"));
    }
}
