using Parley.Conformance.Tests.Support;
using Parley.Core.History;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>What was said in a room that kept people out is read by nobody who comes when it has emptied, by whatever way.</summary>
public sealed class EmptiedRoomTests : ConformanceTest
{
    private const string Full = "batch server-time message-tags draft/chathistory draft/event-playback soju.im/search draft/channel-rename";

    private readonly MemoryHistoryStore _history = new();

    public static TheoryData<string> Rules => ["+k sesame", "+i", "+s", "+p", "+b *!*@elsewhere"];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Whoever_makes_the_room_anew_reads_nothing_on_IRC(string rules)
    {
        await FillAndLeaveAsync("#vault", rules);
        var stranger = await Server.JoinAsync("Eve", "#vault", Full);

        await ReadsNothingAsync(stranger, "#vault");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Whoever_makes_the_room_anew_reads_nothing_on_lines(string rules)
    {
        await FillAndLeaveAsync("#vault", rules);
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLinesAsync("/join vault", "/history", "/search SECRET", "/topic");

        await lena.ExpectAsync("You joined vault", "History - none", "History - none", "Topic - none");
    }

    [Fact]
    public async Task Whoever_comes_after_a_restart_reads_nothing()
    {
        await FillAndLeaveAsync("#vault", "+k sesame");
        await using var again = await IrcServer.StartAsync(options => options.HistoryReplay = 20, history: _history);
        var stranger = await again.RegisterAsync("Eve", Full);

        Assert.DoesNotContain(await stranger.AskAsync("JOIN #vault"), line => line.Raw.Contains("SECRET", StringComparison.Ordinal));
        await ReadsNothingAsync(stranger, "#vault");
        await using var lena = await again.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/join vault", "/history");
        await lena.ExpectAsync("You joined vault", "History - none");
    }

    [Fact]
    public async Task Whoever_gives_a_room_of_its_own_that_name_reads_nothing()
    {
        await FillAndLeaveAsync("#vault", "+k sesame");
        var stranger = await Server.JoinAsync("Eve", "#mine", Full);
        await stranger.AskAsync("RENAME #mine #vault :mine");

        await ReadsNothingAsync(stranger, "#vault");
    }

    [Fact]
    public async Task Whoever_makes_a_room_of_a_name_that_was_given_up_reads_nothing()
    {
        var ann = await Server.JoinAsync("Ann", "#plan", Full);
        await ann.AskAsync("MODE #plan +k sesame");
        await ann.AskAsync("PRIVMSG #plan :the SECRET");
        await ann.AskAsync("RENAME #plan #plan2 :moved");
        var stranger = await Server.JoinAsync("Eve", "#plan", Full);

        await ReadsNothingAsync(stranger, "#plan");
    }

    [Fact]
    public async Task Whoever_was_put_out_reads_no_further_page_of_its_search()
    {
        var ann = await Server.JoinAsync("Ann", "#vault", Full);
        await ann.AskAsync("MODE #vault +s");
        for (var i = 0; i < 101; i++)
        {
            await ann.SendAsync($"PRIVMSG #vault :SECRET {i}");
        }

        await ann.SyncAsync();
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLineAsync("/join vault");
        await lena.ExpectAsync("You joined vault");
        await lena.SendLineAsync("/search SECRET");
        await lena.ReadUntilAsync("History - end, for more: /search");

        await lena.SendLinesAsync("/join main", "/search");

        await lena.ExpectAsync("You joined main", "Usage: /search {words}");
    }

    [Fact]
    public async Task What_was_said_while_the_room_kept_nobody_out_stays_for_all()
    {
        var ann = await Server.JoinAsync("Ann", "#vault");
        await ann.AskAsync("PRIVMSG #vault :open");
        await ann.AskAsync("MODE #vault +k sesame");
        await ann.AskAsync("PRIVMSG #vault :the SECRET");
        await ann.AskAsync("MODE #vault -k sesame");
        await ann.AskAsync("PRIVMSG #vault :open again");
        await ann.AskAsync("PART #vault");
        var stranger = await Server.JoinAsync("Eve", "#vault", Full);

        Assert.Equal(["open", "open again"], (await stranger.AskAsync("CHATHISTORY LATEST #vault * 50")).Where(line => line.Command == "PRIVMSG").Select(line => line.Text));
    }

    [Fact]
    public async Task Those_who_are_let_in_read_all_of_it_while_the_room_lives()
    {
        var ann = await Server.JoinAsync("Ann", "#vault");
        await ann.AskAsync("MODE #vault +k sesame");
        await ann.AskAsync("PRIVMSG #vault :the SECRET");
        var bob = await Server.RegisterAsync("Bob", Full);
        await bob.AskAsync("JOIN #vault sesame");

        Assert.Contains(await bob.AskAsync("CHATHISTORY LATEST #vault * 50"), line => line.Text == "the SECRET");
        Assert.Contains(await bob.AskAsync("SEARCH in=#vault;text=SECRET"), line => line.Text == "the SECRET");
        await ann.AskAsync("RENAME #vault #other :moved");
        await bob.AskAsync("PART #other");
        await bob.AskAsync("JOIN #other sesame");
        await ann.AskAsync("PRIVMSG #other :more SECRET");
        await bob.SyncAsync();
        Assert.Contains(await bob.AskAsync("CHATHISTORY LATEST #other * 50"), line => line.Text == "more SECRET");
    }

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options => options.HistoryReplay = 20, history: _history);

    /// <summary>Makes a room with rules and a topic, says something there, and leaves it empty.</summary>
    private async Task FillAndLeaveAsync(string channel, string rules)
    {
        var ann = await Server.JoinAsync("Ann", channel);
        await ann.AskAsync($"MODE {channel} {rules}");
        await ann.AskAsync($"TOPIC {channel} :SECRET topic");
        await ann.AskAsync($"PRIVMSG {channel} :the SECRET");
        await ann.SendAsync("QUIT :SECRET goodbye");
        await ann.ReadToEndAsync();
    }

    private static async Task ReadsNothingAsync(IrcClient stranger, string channel)
    {
        string[] questions =
        [
            $"CHATHISTORY LATEST {channel} * 50", $"CHATHISTORY BEFORE {channel} timestamp=2030-01-01T00:00:00.000Z 50",
            $"CHATHISTORY AFTER {channel} timestamp=2000-01-01T00:00:00.000Z 50", $"CHATHISTORY AROUND {channel} msgid={channel[1..]}.3 50",
            $"SEARCH in={channel};text=SECRET", "SEARCH text=SECRET", "SEARCH from=Ann", $"TOPIC {channel}", $"MODE {channel}", $"REDACT {channel} {channel[1..]}.3",
        ];
        foreach (var question in questions)
        {
            Assert.DoesNotContain(await stranger.AskAsync(question), line => line.Raw.Contains("SECRET", StringComparison.Ordinal) || line.Raw.Contains("sesame", StringComparison.Ordinal));
        }
    }
}
