using Parley.Cli.Bots;
using Parley.Cli.Load;
using Spectre.Console;

namespace Parley.Cli.Tests.Bots;

public sealed class BotsSummaryTests
{
    private static readonly BotsCount Three = new()
    {
        Bots = 3,
        Sent = 300,
        BytesSent = 12_345,
        Received = 900,
        Expected = 900,
        BytesReceived = 45_678,
    };

    private static readonly BotsCount Hundred = new()
    {
        Bots = 100,
        Sent = 10_000,
        BytesSent = 400_000,
        Received = 1_000_000,
        Expected = 1_000_000,
        BytesReceived = 50_000_000,
    };

    [Fact]
    public void Groups_are_added_up_and_rates_are_over_the_whole_time()
    {
        BotsSummary summary = Summary([("simple", "main", Three), ("stress", "stress-test", Hundred)]);

        Assert.True(summary.IsFlawless);
        Assert.Equal(
            [
                "Time      10.0 s",
                "Sent      10,300 messages (1,030/s), 412,345 bytes",
                "Received  1,000,900 messages (100,090/s), 50,045,678 bytes",
                "Lost      none of 1,000,900",
            ],
            summary.Lines());
    }

    [Fact]
    public void A_row_for_each_group_and_one_for_all()
    {
        string text = Written(Summary([("simple", "main", Three), ("stress", "stress-test", Hundred)]));

        Assert.Matches(@"3 simple +main +300 +12\.3 KB +900 +900 +45\.7 KB +0", text);
        Assert.Matches(@"100 stress +stress-test +10,000 +400\.0 KB +1,000,000 +1,000,000 +50\.0 MB +0", text);
        Assert.Matches(@"103 all +10,300 +412\.3 KB +1,000,900 +1,000,900 +50\.0 MB +0", text);
    }

    [Fact]
    public void What_went_wrong_is_told_and_is_a_flaw()
    {
        BotsSummary summary = Summary(
            [("simple", "main", Three with { Received = 897, Missing = 3, ToldDropped = 2, Reordered = 1, Duplicated = 4, Foreign = 5 })],
            otherOrder: 1,
            [.. Enumerable.Range(1, 7).Select(i => $"Bot{i}: connection lost")]);

        Assert.False(summary.IsFlawless);
        Assert.Equal(
            [
                "Besides   5 messages from others in these rooms",
                "Lost      3 of 900; the server told of 2",
                "Order     1 too late, 4 twice",
                "Order     1 bot heard their room in another order than the rest of it",
                "Failed    Bot1: connection lost",
                "Failed    Bot2: connection lost",
                "Failed    Bot3: connection lost",
                "Failed    Bot4: connection lost",
                "Failed    Bot5: connection lost",
                "Failed    and 2 more",
            ],
            summary.Lines().Skip(3));
    }

    [Fact]
    public void Each_of_the_flaws_is_one()
    {
        BotsCount[] flaws = [Three with { Missing = 1 }, Three with { Reordered = 1 }, Three with { Duplicated = 1 }];

        Assert.All(flaws, flaw => Assert.False(Summary([("simple", "main", flaw)]).IsFlawless));
        Assert.False(Summary([("simple", "main", Three)], otherOrder: 1).IsFlawless);
        Assert.False(Summary([("simple", "main", Three)], otherOrder: 0, ["lost"]).IsFlawless);
        Assert.True(Summary([("simple", "main", Three with { Foreign = 9 })]).IsFlawless);
    }

    private static BotsSummary Summary((string Name, string Room, BotsCount Count)[] groups, int otherOrder = 0, string[]? failures = null) => new(
        TimeSpan.FromSeconds(10),
        [.. groups.Select(group => (new BotGroupOptions(group.Name, "simple", group.Room, group.Count.Bots, 0, TimeRange.FromSeconds(1, 1)), group.Count))],
        otherOrder,
        failures ?? []);

    private static string Written(BotsSummary summary)
    {
        using var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 200;
        summary.Write(console);
        return output.ToString();
    }
}
