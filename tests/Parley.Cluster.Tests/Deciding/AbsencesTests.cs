using Parley.Cluster.Deciding;
using Parley.Cluster.Membership;
using Parley.TestKit;

namespace Parley.Cluster.Tests.Deciding;

/// <summary>Which nodes a home has had no link to for too long.</summary>
public sealed class AbsencesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ManualTimeProvider _time = new();
    private readonly HashSet<long> _known = [2, 3, 4];
    private readonly HashSet<long> _reached = [2, 3, 4];
    private readonly Absences _absences;

    public AbsencesTests() => _absences = new Absences(Patience, [1, 2, 3], _time);

    [Fact]
    public void A_node_whose_link_is_lost_has_a_while_to_come_back()
    {
        Assert.Empty(Look(2, 3, 4));
        _reached.Remove(2);
        Assert.Empty(Look(2, 3, 4));
        _time.Advance(Patience - TimeSpan.FromMilliseconds(1));
        Assert.Empty(Look(2, 3, 4));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([2], Look(2, 3, 4));
        Assert.False(_absences.AreMost);
    }

    [Fact]
    public void A_node_that_came_back_has_all_of_it_again()
    {
        Look(2, 3);
        _reached.Remove(2);
        Look(2, 3);
        _time.Advance(Patience / 2);
        _reached.Add(2);
        Look(2, 3);
        _reached.Remove(2);
        Look(2, 3);
        _time.Advance(Patience / 2);

        Assert.Empty(Look(2, 3));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(5, 10)]
    public void A_node_that_has_never_come_has_longer_the_more_so_when_it_starts(long node, int times)
    {
        _known.Clear();
        _reached.Clear();
        Look(node);
        _time.Advance((times * Patience) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(Look(node));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([node], Look(node));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 2, 3)]
    [InlineData(true, 2, 3, 4)]
    public void Most_are_absent_when_more_than_one_and_more_than_half_are(bool areMost, params int[] absent)
    {
        Look(2, 3, 4);
        _reached.ExceptWith(absent.Select(node => (long)node));
        Look(2, 3, 4);
        _time.Advance(Patience);

        Assert.Equal(absent.Length, Look(2, 3, 4).Count());
        Assert.Equal(areMost, _absences.AreMost);
    }

    [Fact]
    public void Most_are_absent_though_one_of_them_has_been_so_for_a_moment_only()
    {
        Look(2, 3);
        _reached.Remove(2);
        Look(2, 3);
        _time.Advance(Patience);
        _reached.Remove(3);

        Assert.Equal([2], Look(2, 3));
        Assert.True(_absences.AreMost);
    }

    [Fact]
    public void Of_two_nodes_it_is_never_the_home_that_is_alone()
    {
        Look(2);
        _reached.Clear();
        Look(2);
        _time.Advance(Patience);

        Assert.Equal([2], Look(2));
        Assert.False(_absences.AreMost);
    }

    private IEnumerable<long> Look(params long[] others) => _absences.Look([.. others.Select(Node)], _known.Contains, _reached.Contains).Select(node => node.Generation);

    private static ClusterNode Node(long generation)
        => new(generation, $"node{generation}", "127.0.0.1:1", CertificateDigest.Of(new byte[32]), "0.1.0", 1, 1, "", NodeState.Active);
}
