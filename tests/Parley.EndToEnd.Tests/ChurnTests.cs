using System.Diagnostics;
using System.Globalization;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>A hundred people come, talk, rename, move and go in every way there is, and the invariants hold all the time.</summary>
/// <remarks>PARLEY_CHURN_SECONDS sets how long, PARLEY_CHURN_SEED what they do (each one's part of it; not how the parts interleave).</remarks>
public sealed class ChurnTests(ITestOutputHelper output)
{
    private const int Users = 100;

    [Fact]
    public async Task A_hundred_people_who_come_and_go_leave_order_names_and_rooms_intact()
    {
        int seconds = Setting("PARLEY_CHURN_SECONDS", 30);
        int seed = Setting("PARLEY_CHURN_SEED", 20261121);
        await using ParleyServer server = await ParleyServer.StartAsync();
        ChurnRecord record = new();
        long start = Stopwatch.GetTimestamp();
        ChurnUser[] users = [.. Enumerable.Range(0, Users).Select(number => new ChurnUser(
            number, seed, server.LinesPort, record, () => Stopwatch.GetElapsedTime(start).TotalSeconds < seconds))];

        Task churn = RunAllAsync(users);
        try
        {
            await churn.WaitAsync(TimeSpan.FromSeconds(seconds) + Safety.Timeout, TestContext.Current.CancellationToken);
            record.AssertOneOrder();
            await EverythingIsAsBeforeAsync(server, record);
        }
        catch (Exception e)
        {
            // Those who still wait for something, or those who have seen what must not be.
            string[] transcripts = [.. users.Where(user => user.Problem is not null || !churn.IsCompleted).Take(3).Select(user => user.ToString())];
            Assert.Fail($"PARLEY_CHURN_SEED={seed}: {e.Message}\n{string.Join('\n', transcripts)}\n{server.Log}");
        }

        output.WriteLine(
            $"{seconds} s, seed {seed}: {record.Connections} connections, {record.Messages} messages, heard {record.Heard} times, "
            + $"{record.Renames} renames, {record.Joins} joins, {record.UserLists} lists of users");
        Assert.DoesNotContain(server.Log.All, line => line.Contains("fail", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The first who sees what must not be ends it for all.</summary>
    private static async Task RunAllAsync(ChurnUser[] users)
    {
        List<Task> running = [.. users.Select(user => Task.Run(user.RunAsync))];
        while (running.Count > 0)
        {
            Task first = await Task.WhenAny(running);
            await first;
            running.Remove(first);
        }
    }

    private static async Task EverythingIsAsBeforeAsync(ParleyServer server, ChurnRecord record)
    {
        using Chatter fresh = await Chatter.JoinAsync(server.LinesPort);
        await Safety.UntilAsync(
            async () =>
            {
                await fresh.SayAsync("/rooms");
                return await fresh.Heard.SkipToAsync("the rooms", line => line.StartsWith("Rooms - ", StringComparison.Ordinal));
            },
            rooms => rooms == "Rooms - main (1)",
            "the rooms to be gone");

        string name = fresh.Name;
        foreach (string free in record.NamesUsed.Where(each => !each.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            await fresh.SayAsync($"/name {free}");
            await fresh.Heard.ExpectAsync($"{name} is now {free}");
            name = free;
        }
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
