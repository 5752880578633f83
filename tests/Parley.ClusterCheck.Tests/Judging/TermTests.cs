using Parley.ClusterCheck.Judging;
using Parley.ClusterCheck.Tests.Support;

namespace Parley.ClusterCheck.Tests.Judging;

/// <summary>One node writes at a time.</summary>
public sealed class TermTests
{
    private readonly RunBuilder _run = new();

    [Fact]
    public void Homes_that_follow_each_other_write_one_after_the_other()
    {
        _run.Term(2, "node2");
        _run.Keep("#red", 1, "one");
        _run.Keep("#red", 2, "two", term: 2, writer: "node2");

        Assert.Empty(_run.Findings);
    }

    [Fact]
    public void A_node_that_writes_under_the_term_of_another_is_found()
    {
        _run.Term(2, "node2");
        _run.Keep("#red", 1, "one", term: 2, writer: "node2");
        _run.Keep("#red", 2, "two", term: 2, writer: "node1");

        Assert.Equal("node1 wrote 1 under term 2, whose home was node2, such as #red.2 'two'", _run.Only(FindingKind.TwoHomes));
    }

    [Fact]
    public void A_node_that_writes_under_a_term_that_nobody_had_is_found()
    {
        _run.Keep("#red", 1, "one", term: 3);

        Assert.Equal("node1 wrote 1 under term 3, whose home was nobody, such as #red.1 'one'", _run.Only(FindingKind.TwoHomes));
    }

    [Fact]
    public void A_home_that_writes_behind_the_next_one_is_found()
    {
        _run.Term(2, "node2");
        _run.Keep("#red", 1, "one", term: 2, writer: "node2");
        _run.Keep("#red", 2, "two");

        Assert.Equal("#red.2 was written under term 1, behind #red.1 under term 2", _run.Only(FindingKind.TwoHomes));
    }

    [Fact]
    public void A_term_that_two_nodes_have_is_found()
    {
        _run.Term(1, "node2");

        Assert.Equal("term 1 was given to node1 and node2", _run.Only(FindingKind.TwoHomes));
    }
}
