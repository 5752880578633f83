using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>https://ircv3.net/specs/extensions/chathistory#around</summary>
public sealed class AroundTests : HistoryTest
{
    [Theory]
    [InlineData(1, 8, 8)]
    [InlineData(2, 8, 9)]
    [InlineData(3, 7, 9)]
    [InlineData(5, 6, 10)]
    [Quote(Spec, "Request a number of messages before and after the `timestamp` or `msgid` with the total number of returned messages not exceeding `limit`.")]
    public async Task A_message_is_in_the_middle_of_what_is_around_it(int limit, int first, int last)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        var said = await SayAsync(ann, "#room", 10);

        Assert.Equal(Numbers(first, last), Texts(await HistoryAsync(ann, $"AROUND #room {Ref(said[7], byId: true)} {limit}")));
        Assert.Equal(Numbers(first, last), Texts(await HistoryAsync(ann, $"AROUND #room {Ref(said[7], byId: false)} {limit}")));
    }

    [Fact]
    public async Task At_the_beginning_there_is_more_behind()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Full);
        var said = await SayAsync(ann, "#room", 10);

        Assert.Equal(Numbers(1, 5), Texts(await HistoryAsync(ann, $"AROUND #room {Ref(said[0], byId: true)} 5")));
        Assert.Equal(Numbers(8, 10), Texts(await HistoryAsync(ann, $"AROUND #room {Ref(said[9], byId: true)} 5")));
    }
}
