using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>docs/operations/cluster.md, "Check it": eng/cluster/check breaks a cluster of three nodes, and finds that all holds.</summary>
public sealed class ClusterCheckTests
{
    // Some 15 s on two idle cores.
    private static readonly TimeSpan RoundLimit = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_a_home_is_killed_a_node_stands_still_and_the_database_crashes()
    {
        using TemporaryFolder folder = new();
        string report = Path.Combine(folder.Path, "report.md");
        await using ChildProcess check = Start(
            "--rounds", "3", "--seed", "1", "--longest-fault", "5", "--faults", "kill-home,freeze-other,crash-database", "--report", report);

        while (await check.Output.NextAsync("the next round", RoundLimit) is not null)
        {
            // The report has them, too.
        }

        int exitCode = await check.ExitAsync();
        Assert.SkipWhen(exitCode == 2 && check.ToString().Contains("PostgreSQL is missing", StringComparison.Ordinal), "PostgreSQL is not installed (Debian: apt-get install postgresql)");
        Assert.True(exitCode == 0, check.ToString());
        Assert.StartsWith("# Cluster check: all held\n\n3 of 3 rounds, seed 1, 3 nodes", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_arguments_are_told_in_a_line()
    {
        await using ChildProcess check = Start("--rounds", "0");

        Assert.Equal(2, await check.ExitAsync());
        Assert.Equal(["eng/cluster/check: --rounds wants a number from 1 to 100000"], check.Errors.All);
    }

    private static ChildProcess Start(params string[] arguments) => ChildProcess.Start(
        Path.Combine(ParleyBinary.Repository, "eng", "cluster", "check"),
        arguments,
        new Dictionary<string, string>
        {
            ["PARLEY"] = ParleyBinary.Path,
            ["PARLEY_CHECK"] = Path.Combine(ParleyBinary.Repository, "bench", "Parley.ClusterCheck", "bin", ParleyBinary.Configuration, "net10.0", "Parley.ClusterCheck"),
        });
}
