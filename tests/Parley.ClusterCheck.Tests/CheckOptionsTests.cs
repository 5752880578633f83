using Parley.ClusterCheck.Faults;

namespace Parley.ClusterCheck.Tests;

public sealed class CheckOptionsTests
{
    [Fact]
    public void Arguments_are_read()
    {
        CheckOptions options = CheckOptions.Read(["--rounds", "50", "--seed", "7", "--nodes", "5", "--longest-fault", "6", "--faults", "kill-home,cut-other-from-nodes"]);

        Assert.Equal((50, 7, 5, TimeSpan.FromSeconds(6)), (options.Rounds, options.Seed, options.Nodes, options.LongestFault));
        Assert.Equal([FaultKind.KillHome, FaultKind.CutOtherFromNodes], options.Kinds);
    }

    [Fact]
    public void Unless_told_otherwise_all_faults_are_made_and_there_are_three_nodes()
    {
        CheckOptions options = CheckOptions.Read([]);

        Assert.Equal(3, options.Nodes);
        Assert.Equal(Enum.GetValues<FaultKind>().Except([FaultKind.None]), options.Kinds);
    }

    [Theory]
    [InlineData("unknown argument --round, see --help", "--round", "3")]
    [InlineData("--rounds wants a number from 1 to 100000", "--rounds", "0")]
    [InlineData("--rounds wants a number from 1 to 100000", "--rounds")]
    [InlineData("--seed wants a number from 0 to 2147483647", "--seed", "x")]
    [InlineData("--nodes wants a number from 1 to 9", "--nodes", "10")]
    [InlineData("--longest-fault wants a number from 1 to 600", "--longest-fault", "601")]
    [InlineData("--report wants a file", "--report")]
    public void What_cannot_be_understood_is_told(string said, params string[] arguments)
        => Assert.Equal(said, Assert.Throws<FormatException>(() => CheckOptions.Read(arguments)).Message);

    [Fact]
    public void An_unknown_fault_is_answered_with_those_there_are()
        => Assert.StartsWith(
            "--faults: there is no earthquake; there are none, kill-home, ", Assert.Throws<FormatException>(() => CheckOptions.Read(["--faults", "earthquake"])).Message, StringComparison.Ordinal);
}
