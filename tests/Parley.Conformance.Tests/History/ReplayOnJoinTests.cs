using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>What a client is shown that joins a room, and fetches no history itself: https://ircv3.net/specs/batches/chathistory</summary>
public sealed class ReplayOnJoinTests : HistoryTest
{
    private const string Batches = "https://ircv3.net/specs/batches/chathistory";

    [Fact]
    [Quote(Batches, "the server SHOULD put all PRIVMSGs and NOTICEs into a single `chathistory` batch.")]
    [Quote(Batches, "If the client has also enabled the [`server-time` capability][server-time] then messages inside the batch MUST be tagged with the time at which they were originally sent.")]
    public async Task A_newcomer_is_shown_the_last_messages_as_a_batch()
    {
        var said = await TalkAsync();
        var bob = await Server.RegisterAsync("Bob", "batch server-time message-tags");

        var shown = await bob.AskAsync("JOIN #room");

        Assert.Equal(["JOIN", "353", "366", "BATCH", "PRIVMSG", "PRIVMSG", "PRIVMSG", "BATCH"], shown.Select(line => line.Command));
        var batch = shown[3].Parameters[0][1..];
        Assert.Equal(["chathistory", "#room"], shown[3].Parameters.Skip(1));
        Assert.Equal(["-" + batch], shown[7].Parameters);
        Assert.Equal(said[^3..].Select(line => (line.Text, line.Tags["time"], line.Tags["msgid"], batch)), shown.Skip(4).SkipLast(1).Select(line => (line.Text, line.Tags["time"], line.Tags["msgid"], line.Tags["batch"])));
    }

    [Fact]
    public async Task Without_batches_the_messages_come_with_their_times_between_two_lines_that_say_what_they_are()
    {
        var said = await TalkAsync();
        var bob = await Server.RegisterAsync("Bob", "server-time");

        var shown = (await bob.AskAsync("JOIN #room")).Skip(3).ToArray();

        Assert.Equal(
            [
                ":parley NOTICE #room :--- Said before you came, since 2026-06-01 12:00 UTC:",
                .. said[^3..].Select(line => line.Body),
                ":parley NOTICE #room :--- What follows is said now",
            ],
            shown.Bodies());
        Assert.Equal(said[^3..].Select(line => line.Tags["time"]), shown[1..^1].Select(line => line.Tags["time"]));
    }

    [Fact]
    public async Task Whoever_is_told_no_times_by_tags_is_shown_notices_of_the_server_that_programs_do_not_answer()
    {
        await TalkAsync();
        Server.Time.Advance(TimeSpan.FromMinutes(30));
        var bob = await Server.RegisterAsync("Bob");

        var shown = await bob.AskAsync("JOIN #room");

        Assert.Equal(
            Enumerable.Range(3, 3).Select(number => $":parley NOTICE #room :[12:00] <Ann> {number}"), shown.Skip(3).Select(line => line.Raw));
    }

    [Fact]
    public async Task And_the_date_if_that_is_not_today()
    {
        await TalkAsync();
        Server.Time.Advance(TimeSpan.FromHours(12));
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal("[2026-06-01 12:00] <Ann> 5", (await bob.AskAsync("JOIN #room"))[^1].Text);
    }

    [Fact]
    public async Task An_action_reads_as_one()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        await ann.AskAsync("PRIVMSG #room :\u0001ACTION waves\u0001");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal("[12:00] * Ann waves", (await bob.AskAsync("JOIN #room"))[^1].Text);
    }

    [Fact]
    public async Task Nothing_said_is_nothing_shown()
    {
        var ann = await Server.RegisterAsync("Ann", "batch server-time");

        Assert.Equal(["JOIN", "353", "366"], (await ann.AskAsync("JOIN #room")).Select(line => line.Command));
    }

    [Fact]
    public async Task Of_several_rooms_each_is_shown_with_its_own()
    {
        var ann = await Server.JoinAsync("Ann", "#one,#two", Tags);
        await SayAsync(ann, "#one", 1);
        await SayAsync(ann, "#two", 1, first: 2);
        var bob = await Server.RegisterAsync("Bob", "batch server-time");

        var shown = await bob.AskAsync("JOIN #one,#two");

        Assert.Equal(["#one", "#two"], shown.Where(line => line.Command == "BATCH" && line.Parameters.Count > 1).Select(line => line.Text));
        Assert.Equal(2, shown.Where(line => line.Command == "BATCH").Select(line => line.Parameters[0][1..]).Distinct().Count());
    }

    [Fact]
    public async Task A_labelled_join_has_its_label_once()
    {
        await TalkAsync();
        var bob = await Server.RegisterAsync("Bob", "batch labeled-response message-tags server-time");

        var shown = await bob.AskAsync("@label=j JOIN #room");

        Assert.Equal(("BATCH", "j"), (shown[0].Command, shown[0].Tags["label"]));
        Assert.Single(shown, line => line.Tags.ContainsKey("label"));
        Assert.Equal("BATCH", shown[^1].Command);
        Assert.Equal(["3", "4", "5"], Texts(shown.Where(line => line.Command == "PRIVMSG")));
    }

    [Fact]
    public async Task What_is_said_while_a_client_joins_it_is_shown_once()
    {
        var talkers = await Server.JoinAllAsync("#room", ("Cyd", ""), ("Dan", ""));
        var talking = Task.WhenAll(talkers.Select(async talker =>
        {
            for (var i = 0; i < 200; i++)
            {
                await talker.SendAsync($"PRIVMSG #room :{i}");
            }

            await talker.SyncAsync();
        }));

        for (var round = 0; round < 10; round++)
        {
            var guest = await Server.RegisterAsync($"Guest{round}", "batch server-time message-tags");
            await guest.SendAsync("JOIN #room");
            await guest.ReadUntilAsync("366");
            var numbers = (await guest.SyncAsync()).Concat(await guest.SyncAsync()).Where(line => line.Command == "PRIVMSG")
                .Select(line => int.Parse(line.Tags["msgid"].Split('.')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();

            Assert.Equal(numbers.Distinct().Order(), numbers);
            await guest.SendAsync("QUIT");
            await guest.ReadToEndAsync();
        }

        await talking;
    }

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options => options.HistoryReplay = 3);

    private async Task<IrcLine[]> TalkAsync()
    {
        var ann = await Server.JoinAsync("Ann", "#room", Tags);
        return await SayAsync(ann, "#room", 5);
    }
}
