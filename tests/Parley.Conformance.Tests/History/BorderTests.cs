using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>Where history ends and what is said now begins: nothing is missing, and nothing in history comes again behind it.</summary>
public sealed class BorderTests : HistoryTest
{
    private const int Messages = 300;

    [Fact]
    public async Task A_client_that_returns_misses_nothing_while_others_talk()
    {
        var first = await Server.JoinAsync("Ann", "#room", Full);
        var talkers = await Server.JoinAllAsync("#room", ("Bob", ""), ("Cyd", ""));
        await first.SyncAsync();
        await talkers[0].SendAsync("PRIVMSG #room :start");
        var last = await first.ExpectAsync("PRIVMSG");
        await first.SendAsync("QUIT");
        await first.ReadToEndAsync();

        var talking = Task.WhenAll(talkers.Select(TalkAsync));
        for (var round = 0; round < 5; round++)
        {
            var again = await Server.RegisterAsync($"Ann{round}", Full);
            await again.SendAllAsync("JOIN #room", $"CHATHISTORY AFTER #room {Ref(last, byId: true)} 100");
            var (past, live) = await ReadAsync(again);

            // What comes behind the batch begins where the batch and what came before it end.
            var numbers = past.Select(Number).ToArray();
            Assert.Equal(numbers.Order(), numbers);
            Assert.DoesNotContain(live, line => numbers.Contains(Number(line)));
            await again.SendAsync("QUIT");
            await again.ReadToEndAsync();
        }

        await talking;
    }

    [Fact]
    public async Task Read_to_the_end_history_and_what_is_said_make_one_unbroken_row()
    {
        var talkers = await Server.JoinAllAsync("#room", ("Bob", ""), ("Cyd", ""));
        var talking = Task.WhenAll(talkers.Select(TalkAsync));
        var ann = await Server.RegisterAsync("Ann", Full);
        await ann.SendAsync("JOIN #room");
        var seen = new SortedDictionary<long, int>();
        var after = "timestamp=2020-01-01T00:00:00.000Z";
        for (var isBehind = true; isBehind;)
        {
            await ann.SendAsync($"CHATHISTORY AFTER #room {after} 50");
            string? batch = null;
            var behind = new HashSet<long>();
            while (true)
            {
                var line = await ann.ReadAsync();
                if (line is { Command: "BATCH" } && line.Parameters[0][0] == '-')
                {
                    break;
                }

                batch ??= line.Command == "BATCH" ? line.Parameters[0][1..] : null;
                if (line.Command == "PRIVMSG")
                {
                    seen[Number(line)] = seen.GetValueOrDefault(Number(line)) + 1;
                    if (line.Tags.ContainsKey("batch"))
                    {
                        behind.Add(Number(line));
                        after = Ref(line, byId: true);
                    }
                }
            }

            isBehind = behind.Count > 0;
        }

        await talking;
        foreach (var line in await ann.SyncAsync())
        {
            if (line.Command == "PRIVMSG")
            {
                // It was never in a batch before.
                Assert.True(seen.TryAdd(Number(line), 1), line.Raw);
            }
        }

        Assert.Equal(2 * Messages, seen.Count);
    }

    [Fact]
    public async Task What_was_said_to_a_client_is_not_told_again_behind_history()
    {
        var ann = await Server.RegisterAsync("Ann", Full);
        var bob = await Server.RegisterAsync("Bob", "");
        var talking = TalkAsync(bob, "Ann");
        var inHistory = new HashSet<long>();
        for (var round = 0; round < 20; round++)
        {
            await ann.SendAsync("CHATHISTORY LATEST Bob * 100");
            while (await ann.ReadAsync() is var line && !(line.Command == "BATCH" && line.Parameters[0][0] == '-'))
            {
                if (line.Command != "PRIVMSG")
                {
                    continue;
                }

                if (line.Tags.ContainsKey("batch"))
                {
                    inHistory.Add(Number(line));
                }
                else
                {
                    Assert.DoesNotContain(Number(line), inHistory);
                }
            }
        }

        await talking;
        Assert.All((await ann.SyncAsync()).Where(line => line.Command == "PRIVMSG"), line => Assert.DoesNotContain(Number(line), inHistory));
    }

    private static long Number(IrcLine line) => long.Parse(line.Tags["msgid"].Split('.')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private static Task TalkAsync(IrcClient client) => TalkAsync(client, "#room");

    /// <summary>Says much, and reads what comes meanwhile.</summary>
    private static async Task TalkAsync(IrcClient client, string target)
    {
        for (var i = 0; i < Messages; i++)
        {
            await client.SendAsync($"PRIVMSG {target} :{client.Nick} {i}");
            if (i % 20 == 0)
            {
                await client.SyncAsync();
            }
        }

        await client.SyncAsync();
    }

    /// <summary>The messages in the next batch, and those that come behind it, for a while.</summary>
    private static async Task<(List<IrcLine> Past, List<IrcLine> Live)> ReadAsync(IrcClient client)
    {
        var past = new List<IrcLine>();
        while (await client.ReadAsync() is var line && !(line.Command == "BATCH" && line.Parameters[0][0] == '-'))
        {
            if (line.Tags.ContainsKey("batch"))
            {
                past.Add(line);
            }
        }

        return (past, [.. (await client.SyncAsync()).Where(line => line.Command == "PRIVMSG")]);
    }
}
