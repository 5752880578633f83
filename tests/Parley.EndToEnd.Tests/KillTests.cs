using System.Globalization;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>A server is killed under load, again and again, and after each restart history has what anybody had seen.</summary>
/// <remarks>PARLEY_KILLS sets how often, PARLEY_KILL_SEED when (by the number of messages that were heard).</remarks>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Talkers = 4;
    private const int PageMessages = 1000;
    private const int MaxHeardBeforeKill = 3000;

    /// <summary>Messages that a talker has not heard of yet: enough for batches, and no more than is to be checked.</summary>
    private const int Window = 200;

    [Fact]
    public async Task What_anybody_has_seen_is_in_history_once_and_in_order_however_often_the_server_is_killed()
    {
        int kills = Setting("PARLEY_KILLS", 20);
        int seed = Setting("PARLEY_KILL_SEED", 20261121);
        Random random = new(seed);
        using TemporaryFolder folder = new();
        int known = 0;
        long heard = 0;
        List<string>[] seen = [];
        for (int kill = 0; kill <= kills; kill++)
        {
            // Who is killed next has to go on in what the last kill left behind.
            await using ParleyServer server = await StartAsync(folder.Path);
            List<string> kept = await ReadHistoryAsync(server, after: known);
            AssertHas(kept, seen, $"PARLEY_KILL_SEED={seed}, kill {kill}");
            known += kept.Count;
            heard += seen.Sum(list => (long)list.Count);
            if (kill < kills)
            {
                seen = await TalkUntilKilledAsync(server, kill + 1, random.Next(1, MaxHeardBeforeKill));
            }
        }

        output.WriteLine($"{kills} kills, seed {seed}: {heard} messages heard, {known} in history");
    }

    private static Task<ParleyServer> StartAsync(string folder) => ParleyServer.StartWithHistoryAsync(
        folder, "--history-events", "off", "--history-replay", "0", "--history-page", PageMessages.ToString(CultureInfo.InvariantCulture));

    /// <summary>Has everybody talk as fast as it goes, and kills the server when so much was heard.</summary>
    /// <returns>What each had heard, in order.</returns>
    private static async Task<List<string>[]> TalkUntilKilledAsync(ParleyServer server, int round, int killAfter)
    {
        LineSocket[] sockets = await Task.WhenAll(Enumerable.Range(0, Talkers).Select(_ => LineSocket.ConnectAsync(server.LinesPort)));
        int heard = 0;
        SemaphoreSlim[] windows = [.. sockets.Select(_ => new SemaphoreSlim(Window))];
        Task<List<string>>[] listening = [.. sockets.Select((socket, talker) => Task.Run(() => ListenAsync(socket, $"r{round}t{talker}-", windows[talker])))];
        Task[] talking = [.. sockets.Select((socket, talker) => Task.Run(() => TalkAsync(socket, $"r{round}t{talker}-", windows[talker])))];
        await Task.WhenAll(listening).WaitAsync(Safety.Timeout, TestContext.Current.CancellationToken);
        await Task.WhenAll(talking).WaitAsync(Safety.Timeout, TestContext.Current.CancellationToken);
        await server.ExitAsync();
        foreach (IDisposable each in sockets.Concat<IDisposable>(windows))
        {
            each.Dispose();
        }

        return await Task.WhenAll(listening);

        async Task<List<string>> ListenAsync(LineSocket socket, string who, SemaphoreSlim window)
        {
            List<string> texts = [];
            try
            {
                while (await socket.ReadLineAsync() is { } line)
                {
                    if (line.Split(": #") is [_, var text])
                    {
                        texts.Add(text);
                        if (text.StartsWith(who, StringComparison.Ordinal))
                        {
                            window.Release();
                        }

                        if (Interlocked.Increment(ref heard) == killAfter)
                        {
                            server.Signal(Signals.Kill);
                        }
                    }
                }
            }
            catch (IOException)
            {
                // Killed, with lines of the client's unread.
            }

            // Whoever waits to talk learns of it.
            window.Release(Window);
            return texts;
        }

        static async Task TalkAsync(LineSocket socket, string who, SemaphoreSlim window)
        {
            try
            {
                for (int i = 0; i < MaxHeardBeforeKill * 2; i++)
                {
                    await window.WaitAsync();
                    await socket.SendLineAsync($"#{who}{i}");
                }
            }
            catch (System.Net.Sockets.SocketException)
            {
                // Killed.
            }
        }
    }

    /// <summary>The texts in history from a number on, page by page, as a client is shown them.</summary>
    private static async Task<List<string>> ReadHistoryAsync(ParleyServer server, int after)
    {
        using Chatter reader = await Chatter.JoinAsync(server.LinesPort);
        List<string> texts = [];
        string? end = "";
        while (end != "History - end" && end != "History - none")
        {
            await reader.SayAsync($"/history after #{after + texts.Count}");
            end = await reader.Heard.SkipToAsync("the end of a page", line =>
            {
                if (line.Split(": #") is [['[', ..], var text])
                {
                    texts.Add(text);
                }

                return line.StartsWith("History - end", StringComparison.Ordinal) || line == "History - none";
            });
        }

        return texts;
    }

    private static void AssertHas(List<string> kept, List<string>[] seen, string context)
    {
        Dictionary<string, int> places = [];
        for (int i = 0; i < kept.Count; i++)
        {
            Assert.True(places.TryAdd(kept[i], i), $"{context}: {kept[i]} is in history twice");
        }

        foreach (List<string> texts in seen)
        {
            int last = -1;
            foreach (string text in texts)
            {
                Assert.True(places.TryGetValue(text, out int place), $"{context}: {text} was seen and is not in history");
                Assert.True(place > last, $"{context}: {text} was seen later than it is in history");
                last = place;
            }
        }
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
