using System.Globalization;
using Parley.Conformance.Tests.Support;
using Parley.Core.History;

namespace Parley.Conformance.Tests.History;

/// <summary>https://github.com/jpnurmi/znc-playback</summary>
public sealed class PlaybackTests : HistoryTest
{
    private const string Source = "https://github.com/jpnurmi/znc-playback/blob/master/README.md";
    private const string Caps = "batch server-time message-tags znc.in/playback";

    [Fact]
    [Quote(Source, "When a client connects to ZNC, it may request the module to play all buffers, starting from *0* (first connect) or the the timestamp of the latest received message (consecutive reconnects).")]
    public async Task Everything_is_played_from_the_beginning()
    {
        var (bob, _) = await TalkAsync();

        var played = await PlayAsync(bob, "PLAY * 0");

        Assert.Equal(
            ["#one: 1", "#one: 2", "#one: 3", "#two: 4", "Bob: 5"],
            played.Where(line => line.Command == "PRIVMSG").Select(line => $"{line.Parameters[0]}: {line.Text}").Order(StringComparer.Ordinal));
        Assert.Equal(["#one", "#two", "Ann"], played.Where(line => line.Command == "BATCH" && line.Parameters.Count > 1).Select(line => line.Text).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("PLAY #one", "1 2 3")]
    [InlineData("PLAY #two 0", "4")]
    [InlineData("PLAY #t* 0", "4")]
    [InlineData("PLAY #one,Ann 0", "1 2 3 5")]
    [InlineData("PLAY #ONE,#two 0", "1 2 3 4")]
    [InlineData("play #one 0", "1 2 3")]
    [InlineData("PLAY #none 0", "")]
    [InlineData("PLAY Nobody 0", "")]
    [Quote(Source, "Where the first argument is a comma-separated list of channels (supports wildcards), and optional last two arguments are number of seconds (floating point for millisecond precision) elapsed since _January 1, 1970_.")]
    public async Task Rooms_and_conversations_are_chosen_by_name_and_mask(string command, string texts)
    {
        var (bob, _) = await TalkAsync();

        Assert.Equal(texts, string.Join(' ', Texts(await MessagesAsync(bob, command)).Order()));
    }

    [Fact]
    public async Task A_time_that_was_seen_is_not_played_again()
    {
        var (bob, said) = await TalkAsync();
        var (second, third) = (Seconds(said[1]), Seconds(said[2]));

        Assert.Equal(["3"], Texts(await MessagesAsync(bob, $"PLAY #one {second}")));
        Assert.Equal(["1", "2"], Texts(await MessagesAsync(bob, $"PLAY #one 0 {second}")));
        Assert.Equal(["2"], Texts(await MessagesAsync(bob, $"PLAY #one {Seconds(said[0])} {second}")));
        Assert.Empty(await MessagesAsync(bob, $"PLAY #one {third}"));
    }

    [Fact]
    [Quote(Source, "The module injects a server time tag (in millisecond precision) to each message sent from ZNC to an IRC client that has requested the `znc.in/playback` capability.")]
    public async Task Times_are_told_also_to_whoever_has_not_negotiated_them()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        var bob = await Server.JoinAsync("Bob", "#room", "znc.in/playback");
        await ann.SyncAsync();
        var said = await SayAsync(ann, "#room", 1);
        await bob.SyncAsync();

        var played = Assert.Single(await PlayAsync(bob, "PLAY * 0"));

        Assert.Equal($"@time={said[0].Tags["time"]} :Ann!~ann@localhost PRIVMSG #room :1", played.Raw);
    }

    [Fact]
    public async Task What_one_said_oneself_is_played_too()
    {
        var bob = await Server.JoinAsync("Bob", "#room", $"{Caps} echo-message");
        await SayAsync(bob, "#room", 2);

        Assert.Equal(["1", "2"], Texts(await MessagesAsync(bob, "PLAY * 0")));
    }

    [Fact]
    [Quote(Source, "If a client wants to list available buffers, it can use the following command syntax:")]
    public async Task Rooms_and_conversations_are_listed()
    {
        var (bob, said) = await TalkAsync();

        var listed = await PlayAsync(bob, "LIST");

        Assert.All(listed, line => Assert.Equal(("*playback", "NOTICE"), (line.Nick, line.Command)));
        Assert.Equal([$"#one {Seconds(said[2])}", $"#two {Seconds(said[3])}", $"Ann {Seconds(said[4])}"], Texts(listed).Order(StringComparer.Ordinal));
        Assert.Equal([$"#two {Seconds(said[3])}"], Texts(await PlayAsync(bob, "LIST #two")));
    }

    [Theory]
    [InlineData("PLAY")]
    [InlineData("PLAY * yesterday")]
    [InlineData("PLAY * 1 2 3")]
    [InlineData("PLAY * -1")]
    [InlineData("PLAY * 1e99")]
    [InlineData("PLAY * NaN")]
    [InlineData("CLEAR *")]
    [InlineData("HELP")]
    [InlineData("")]
    public async Task Anything_else_is_answered_in_words(string command)
    {
        var bob = await Server.JoinAsync("Bob", "#room", Caps);

        var answer = await PlayAsync(bob, command.Length == 0 ? " " : command);

        Assert.Equal(("*playback", "NOTICE"), (Assert.Single(answer).Nick, answer[0].Command));
    }

    [Fact]
    public async Task Whoever_has_not_negotiated_it_talks_to_nobody()
    {
        var bob = await Server.JoinAsync("Bob", "#room", Tags);

        Assert.Equal("401", Assert.Single(await PlayAsync(bob, "PLAY * 0")).Command);
    }

    [Fact]
    public async Task Only_rooms_that_the_client_is_in_are_played()
    {
        var (bob, _) = await TalkAsync();
        await bob.AskAsync("PART #one");

        Assert.Equal(["4", "5"], Texts(await MessagesAsync(bob, "PLAY * 0")).Order());
    }

    [Fact]
    public async Task Much_is_played_in_one_go()
    {
        await using var server = await IrcServer.StartAsync(history: new MemoryHistoryStore(maxMessagesPerRoom: 5_000));
        var ann = await server.JoinAsync("Ann", "#room");
        var text = new string('x', 300);
        for (var i = 0; i < 1100; i++)
        {
            await ann.SendAsync($"PRIVMSG #room :{i} {text}");
        }

        await ann.SyncAsync();
        var bob = await server.JoinAsync("Bob", "#room", Caps);

        var played = await MessagesAsync(bob, "PLAY * 0");

        Assert.Equal(1000, played.Length);
        Assert.StartsWith("1099 ", played[^1].Text, StringComparison.Ordinal);
    }

    private static string Seconds(IrcLine line)
        => (DateTimeOffset.Parse(line.Tags["time"], CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture);

    private static Task<List<IrcLine>> PlayAsync(IrcClient client, string command) => client.AskAsync($"PRIVMSG *playback :{command}");

    private static async Task<IrcLine[]> MessagesAsync(IrcClient client, string command)
        => [.. (await PlayAsync(client, command)).Where(line => line.Command == "PRIVMSG")];

    /// <summary>Bob, who is in <c>#one</c> and <c>#two</c>, and what Ann has said there and to him.</summary>
    private async Task<(IrcClient Bob, IrcLine[] Said)> TalkAsync()
    {
        var ann = await Server.JoinAsync("Ann", "#one,#two", Tags);
        var bob = await Server.JoinAsync("Bob", "#one,#two", Caps);
        await ann.SyncAsync();
        IrcLine[] said = [.. await SayAsync(ann, "#one", 3), .. await SayAsync(ann, "#two", 1, first: 4), .. await SayAsync(ann, "Bob", 1, first: 5)];
        await bob.SyncAsync();
        return (bob, said);
    }
}
