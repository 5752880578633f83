using Parley.ClusterCheck.Faults;

namespace Parley.ClusterCheck.Tests.Faults;

public sealed class FaultPlanTests
{
    private static readonly FaultKind[] All = Enum.GetValues<FaultKind>();

    [Fact]
    public void A_seed_has_the_same_faults_each_time_and_another_has_others()
    {
        Assert.Equal(Take(7, 60), Take(7, 60));
        Assert.NotEqual(Take(7, 60), Take(8, 60));
    }

    [Fact]
    public void Each_kind_comes_before_any_comes_again()
        => Assert.Equal(All, Take(1, 60)[All.Length..(2 * All.Length)].Select(fault => fault.Kind).Order());

    [Fact]
    public void No_fault_lasts_longer_than_it_may_and_no_outage_of_the_database_longer_than_20_s()
    {
        Assert.All(Take(3, 60), fault => Assert.InRange(fault.Duration.TotalSeconds, 3, fault.Kind is FaultKind.FreezeHome or FaultKind.FreezeOther ? 60 : 20));
        Assert.All(Take(3, 6), fault => Assert.InRange(fault.Duration.TotalSeconds, 3, 6));
        Assert.Contains(Take(3, 60), fault => fault.Duration.TotalSeconds > 30);
    }

    private static Fault[] Take(int seed, int longest)
    {
        FaultPlan plan = new(seed, All, TimeSpan.FromSeconds(longest));
        return [.. Enumerable.Range(0, 4 * All.Length).Select(_ => plan.Next())];
    }
}
