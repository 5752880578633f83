using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.History;

/// <summary>Clients of bouncers, which ask for what they missed; or have the capability, and do not ask.</summary>
public sealed class ZncPlaybackOnJoinTests : HistoryTest
{
    private const string Capabilities = "batch server-time message-tags znc.in/playback";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData("PRIVMSG *playback :PLAY #room 0")]
    [InlineData("ZNC *playback PLAY #room 0")]
    [InlineData("ZNC *playback play * 0")]
    public async Task Whoever_asks_is_played_it_once(string question)
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        await SayAsync(ann, "#room", 3);
        var bob = await Server.RegisterAsync("Bob", Capabilities);
        await bob.AskAsync("JOIN #room");

        Assert.Equal(Numbers(1, 3), Texts((await bob.AskAsync(question)).Of("PRIVMSG")));
        Server.Time.Advance(Patience);
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task Whoever_does_not_ask_is_shown_it_a_moment_after_it_has_joined()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        await SayAsync(ann, "#room", 3);
        var bob = await Server.RegisterAsync("Bob", Capabilities);
        Assert.Equal(["JOIN", "353", "366"], (await bob.AskAsync("JOIN #room")).Commands());
        await ann.SyncAsync();
        await SayAsync(ann, "#room", 1, first: 4);
        Assert.Equal(["4"], Texts(await bob.SyncAsync()));

        Server.Time.Advance(Patience);

        Assert.Equal(["BATCH", "PRIVMSG", "PRIVMSG", "PRIVMSG", "BATCH"], (await bob.ReadUntilEndOfBatchAsync()).Commands());
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task What_was_taken_back_in_that_moment_is_not_shown()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags + " draft/message-redaction");
        var said = await SayAsync(ann, "#room", 3);
        var bob = await Server.RegisterAsync("Bob", Capabilities);
        await bob.AskAsync("JOIN #room");
        await ann.AskAsync($"REDACT #room {said[1].Tags["msgid"]}");

        Server.Time.Advance(Patience);

        Assert.Equal(["1", "3"], Texts((await bob.ReadUntilEndOfBatchAsync()).Of("PRIVMSG")));
    }

    [Fact]
    public async Task Whoever_asks_for_one_room_is_shown_the_others()
    {
        var ann = await Server.JoinAsync("Ann", "#one,#two", Tags);
        await SayAsync(ann, "#one", 1);
        await SayAsync(ann, "#two", 1, first: 2);
        var bob = await Server.RegisterAsync("Bob", Capabilities);
        await bob.AskAsync("JOIN #one,#two");
        await bob.AskAsync("ZNC *playback PLAY #one 0");

        Server.Time.Advance(Patience);

        Assert.Equal(["2"], Texts((await bob.ReadUntilEndOfBatchAsync()).Of("PRIVMSG")));
    }

    [Fact]
    public async Task Whoever_has_left_in_between_is_shown_nothing()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        await SayAsync(ann, "#room", 1);
        var bob = await Server.RegisterAsync("Bob", Capabilities);
        await bob.AskAsync("JOIN #room");
        await bob.AskAsync("PART #room");

        Server.Time.Advance(Patience);

        await bob.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("", "421")]
    [InlineData(Capabilities, "401")]
    public async Task The_command_is_for_playback_and_for_those_who_know_it(string capabilities, string numeric)
    {
        var bob = await Server.RegisterAsync("Bob", capabilities);

        Assert.Equal(numeric, Assert.Single(await bob.AskAsync("ZNC *status LISTMODS")).Command);
    }

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options => options.HistoryReplay = 20);
}
