using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>https://ircv3.net/specs/extensions/chathistory#between</summary>
public sealed class BetweenTests : HistoryTest
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [Quote(Spec, "Request up to `limit` number of messages between the given `timestamp` or `msgid` values.")]
    [Quote(Spec, "With respect to the limit, the returned messages MUST be counted starting from and excluding the first message selector, while finishing on and excluding the second. This may be forwards or backwards in time.")]
    public async Task Messages_are_counted_from_the_first_place(bool firstById, bool secondById)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        var said = await SayAsync(ann, "#room", 10);
        var (first, last) = (Ref(said[0], firstById), Ref(said[9], secondById));

        Assert.Equal(Numbers(2, 9), Texts(await HistoryAsync(ann, $"BETWEEN #room {first} {last} 20")));
        Assert.Equal(Numbers(2, 9), Texts(await HistoryAsync(ann, $"BETWEEN #room {last} {first} 20")));
        Assert.Equal(Numbers(2, 4), Texts(await HistoryAsync(ann, $"BETWEEN #room {first} {last} 3")));
        Assert.Equal(Numbers(7, 9), Texts(await HistoryAsync(ann, $"BETWEEN #room {last} {first} 3")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Between_neighbours_is_nothing(bool byId)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        var said = await SayAsync(ann, "#room", 3);

        Assert.Empty(await HistoryAsync(ann, $"BETWEEN #room {Ref(said[0], byId)} {Ref(said[1], byId)} 9"));
        Assert.Empty(await HistoryAsync(ann, $"BETWEEN #room {Ref(said[1], byId)} {Ref(said[0], byId)} 9"));
        Assert.Empty(await HistoryAsync(ann, $"BETWEEN #room {Ref(said[1], byId)} {Ref(said[1], byId)} 9"));
    }
}
