using Parley.ClusterCheck.Judging;
using Parley.ClusterCheck.Records;
using Parley.ClusterCheck.Tests.Support;

namespace Parley.ClusterCheck.Tests.Judging;

/// <summary>What was acknowledged or shown is in history, once.</summary>
public sealed class KeptTests
{
    private readonly RunBuilder _run = new();
    private readonly Journal _ann;
    private readonly Journal _ben;

    public KeptTests()
    {
        (_ann, _ben) = (_run.Client("ann"), _run.Client("ben"));
        _run.Enter(_ann, "#red", 1, "ann", "ben");
        _run.Enter(_ben, "#red", 2, "ann", "ben");
    }

    [Fact]
    public void Nothing_is_found_in_a_run_in_which_all_holds()
    {
        _run.Say(_ann, "#red", 3, "ann", "one");
        _run.Show(_ben, "#red", 3, "ann", "one");
        _run.Say(_ben, "#red", 4, "ben", "two");
        _run.Show(_ann, "#red", 4, "ben", "two");

        Assert.Empty(_run.Findings);
    }

    [Fact]
    public void A_message_that_was_acknowledged_and_is_not_in_history_is_lost()
    {
        _run.Send(_ann, "#red", "one");
        _run.Acknowledge(_ann, "#red", 3, "one");

        Assert.Equal("'one' was acknowledged to ann (c1 at node1) as #red.3, where history has nothing", _run.Only(FindingKind.Lost));
    }

    [Fact]
    public void A_message_that_was_shown_and_is_not_in_history_is_lost()
    {
        _run.Show(_ben, "#red", 3, "ann", "one");

        Assert.Equal("'one' was shown to ben (c2 at node1) as #red.3, where history has nothing", _run.Only(FindingKind.Lost));
    }

    [Fact]
    public void A_direct_message_that_was_acknowledged_and_is_not_in_history_is_lost()
    {
        _run.Send(_ann, "nobody", "one");
        _run.Acknowledge(_ann, "", 1, "one");

        Assert.StartsWith("'one' was acknowledged", _run.Only(FindingKind.Lost), StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_another_message_in_history_is_told()
    {
        _run.Keep("#red", 3, "two");
        _run.Show(_ann, "#red", 3, "ben", "one");
        _run.Show(_ben, "#red", 3, "ben", "two");

        Assert.EndsWith("as #red.3, where history has 'two'", _run.Only(FindingKind.Lost), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_whose_author_does_not_know_what_became_of_it_may_be_kept_or_not()
    {
        _run.Send(_ann, "#red", "one");
        _run.Send(_ann, "#red", "two");
        _run.Keep("#red", 3, "two");
        _run.Show(_ben, "#red", 3, "ann", "two");
        _run.Note(_ann, at => new Note.Ended(at, "cut"));

        Assert.Empty(_run.Findings);
    }

    [Fact]
    public void A_message_that_is_in_history_twice_is_doubled()
    {
        _run.Say(_ann, "#red", 3, "ann", "one");
        _run.Keep("#red", 4, "one");
        _run.Show(_ben, "#red", 3, "ann", "one");
        _run.Note(_ann, at => new Note.Ended(at, "cut"));
        _run.Note(_ben, at => new Note.Ended(at, "cut"));

        Assert.Equal("'one' is in history as #red.3 and #red.4", _run.Only(FindingKind.Doubled));
    }

    [Fact]
    public void A_message_that_is_shown_twice_is_doubled()
    {
        _run.Say(_ann, "#red", 3, "ann", "one");
        _run.Show(_ben, "#red", 3, "ann", "one");
        _run.Show(_ben, "#red", 3, "ann", "one");

        Assert.Equal("'one' was shown 2 times to ben (c2 at node1)", _run.Only(FindingKind.Doubled));
    }

    [Fact]
    public void A_direct_message_that_is_shown_twice_is_doubled()
    {
        _run.Keep("", 1, "psst");
        _run.Show(_ben, "", 1, "ann", "psst");
        _run.Show(_ben, "", 1, "ann", "psst");

        Assert.Equal("'psst' was shown 2 times to ben (c2 at node1)", _run.Only(FindingKind.Doubled));
    }

    [Fact]
    public void A_message_that_is_acknowledged_twice_is_doubled()
    {
        _run.Say(_ann, "#red", 3, "ann", "one");
        _run.Acknowledge(_ann, "#red", 3, "one");
        _run.Show(_ben, "#red", 3, "ann", "one");

        Assert.Equal("'one' was acknowledged 2 times to ann (c1 at node1)", _run.Only(FindingKind.Doubled));
    }

    [Fact]
    public void A_number_that_is_given_twice_is_doubled()
    {
        _run.Keep("", 3, "one");
        _run.Keep("", 3, "two");

        Assert.Equal("history has .3 2 times", _run.Only(FindingKind.Doubled));
    }

    [Fact]
    public void A_node_that_reads_history_otherwise_than_the_database_has_it_is_found()
    {
        _run.Say(_ann, "#red", 3, "ann", "one");
        _run.Say(_ann, "#red", 4, "ann", "two");
        _run.Show(_ben, "#red", 3, "ann", "one");
        _run.Show(_ben, "#red", 4, "ann", "two");
        _run.Note(_ben, at => new Note.Read(at, 1, "#red", [(3, "one"), (4, "two")]));
        Assert.Empty(_run.Findings);

        _run.Note(_ben, at => new Note.Read(at, 2, "#red", [(4, "two"), (3, "one"), (4, "two")]));
        Assert.StartsWith("ben (c2 at node1) reads history of #red after round 2 as 4 3 4", _run.Only(FindingKind.Reordered), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_reads_history_without_what_was_acknowledged_before_is_found()
    {
        _run.Say(_ann, "#red", 3, "ann", "one");
        _run.Show(_ben, "#red", 3, "ann", "one");
        _run.Note(_ben, at => new Note.Read(at, 1, "#red", []));

        Assert.Equal("ben (c2 at node1) reads history of #red after round 1 without #red.3, which was acknowledged", _run.Only(FindingKind.Lost));
    }
}
