using Parley.ClusterCheck.Talking;

namespace Parley.ClusterCheck.Tests.Talking;

public sealed class ScriptTests
{
    [Fact]
    public void A_client_does_the_same_for_the_same_seed_and_something_else_for_another()
    {
        Assert.Equal(Take(7, 1, isSteady: false), Take(7, 1, isSteady: false));
        Assert.NotEqual(Take(7, 1, isSteady: false), Take(8, 1, isSteady: false));
        Assert.NotEqual(Take(7, 1, isSteady: false), Take(7, 2, isSteady: false));
    }

    [Fact]
    public void Clients_do_all_there_is_but_for_those_that_read_everything()
    {
        Assert.Equal(Enum.GetValues<StepKind>(), Take(7, 1, isSteady: false).Select(step => step.Kind).Distinct().Order());
        Assert.Equal([StepKind.Post, StepKind.Direct], Take(7, 1, isSteady: true).Select(step => step.Kind).Distinct().Order());
    }

    private static Step[] Take(int seed, int client, bool isSteady)
    {
        Script script = new(seed, client, isSteady);
        return [.. Enumerable.Range(0, 2000).Select(_ => script.Next())];
    }
}
