using Parley.ClusterCheck.Judging;
using Parley.ClusterCheck.Records;
using Parley.ClusterCheck.Tests.Support;

namespace Parley.ClusterCheck.Tests.Judging;

/// <summary>There is one order, and whoever is there is shown all of it.</summary>
public sealed class OrderTests
{
    private readonly RunBuilder _run = new();
    private readonly Journal _ann;
    private readonly Journal _ben;

    public OrderTests()
    {
        (_ann, _ben) = (_run.Client("ann"), _run.Client("ben"));
        _run.Enter(_ann, "#red", 1, "ann", "ben");
        _run.Enter(_ben, "#red", 2, "ann", "ben");
    }

    [Fact]
    public void A_reader_that_sees_two_messages_the_other_way_round_is_found()
    {
        Three();
        _run.Show(_ben, "#red", 4, "ann", "two");
        _run.Show(_ben, "#red", 3, "ann", "one");
        _run.Show(_ben, "#red", 5, "ann", "three");

        Assert.Equal("'one' (#red.3) was shown to ben (c2 at node1) behind 'two' (#red.4)", _run.Only(FindingKind.Reordered));
    }

    [Fact]
    public void Direct_messages_the_other_way_round_are_found()
    {
        _run.Keep("", 1, "one");
        _run.Keep("", 2, "two");
        _run.Show(_ben, "", 2, "ann", "two");
        _run.Show(_ben, "", 1, "ann", "one");

        Assert.Equal("'one' (.1) was shown to ben (c2 at node1) behind 'two' (.2)", _run.Only(FindingKind.Reordered));
    }

    [Fact]
    public void Messages_that_history_has_otherwise_than_their_author_sent_them_are_found()
    {
        _run.Send(_ann, "#red", "one");
        _run.Send(_ann, "#red", "two");
        _run.Keep("#red", 3, "two");
        _run.Keep("#red", 4, "one");
        _run.Note(_ann, at => new Note.Ended(at, "cut"));
        _run.Note(_ben, at => new Note.Ended(at, "cut"));

        Assert.Equal("'two' (#red.3) was sent by ann (c1 at node1) behind 'one' (#red.4)", _run.Only(FindingKind.Reordered));
    }

    [Fact]
    public void Who_comes_back_into_a_room_without_an_arrival_in_history_has_missed_nothing_of_the_time_between()
    {
        _run.Leave(_ben, "#red", 3, "bye");
        _run.Say(_ann, "#red", 4, "ann", "between");
        _run.Note(_ben, at => new Note.Entered(at, "#red", ["ann", "ben"]));
        _run.Say(_ann, "#red", 5, "ann", "since");
        _run.Show(_ben, "#red", 5, "ann", "since");

        Assert.Empty(_run.Findings);
    }

    [Fact]
    public void Who_comes_back_into_a_room_and_misses_something_since_is_found()
    {
        _run.Leave(_ben, "#red", 3, "bye");
        _run.Say(_ann, "#red", 4, "ann", "between");
        _run.Enter(_ben, "#red", 5, "ann", "ben");
        _run.Say(_ann, "#red", 6, "ann", "missed");
        _run.Say(_ann, "#red", 7, "ann", "since");
        _run.Show(_ben, "#red", 7, "ann", "since");

        Assert.Equal("ben (c2 at node1) was in #red from 5 on, and was not shown 1: 'missed' (6, term 1)", _run.Only(FindingKind.Missed));
    }

    [Fact]
    public void A_message_that_was_sent_when_another_was_acknowledged_and_stands_before_it_is_found()
    {
        _run.Send(_ann, "#red", "one");
        _run.Keep("#red", 4, "one");
        _run.Acknowledge(_ann, "#red", 4, "one");
        _run.Send(_ben, "#red", "two");
        _run.Keep("#red", 3, "two");
        _run.Note(_ann, at => new Note.Ended(at, "cut"));
        _run.Note(_ben, at => new Note.Ended(at, "cut"));

        Assert.Equal("'two' (#red.3) was sent after 'one' (4) had been acknowledged", _run.Only(FindingKind.Reordered));
    }

    [Fact]
    public void A_message_between_two_that_a_reader_was_shown_is_missed()
    {
        Three();
        _run.Show(_ben, "#red", 3, "ann", "one");
        _run.Show(_ben, "#red", 5, "ann", "three");

        Assert.Equal("ben (c2 at node1) was in #red from 2 on, and was not shown 1: 'two' (4, term 1)", _run.Only(FindingKind.Missed));
    }

    [Fact]
    public void A_message_behind_the_last_that_a_reader_was_shown_is_missed()
    {
        Three();
        _run.Show(_ben, "#red", 3, "ann", "one");

        Assert.Contains("was not shown 2: 'two'", _run.Only(FindingKind.Missed), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_between_somebodys_arrival_and_the_first_that_it_was_shown_is_missed()
    {
        Three();
        _run.Show(_ben, "#red", 4, "ann", "two");
        _run.Show(_ben, "#red", 5, "ann", "three");

        Assert.Contains("was not shown 1: 'one'", _run.Only(FindingKind.Missed), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_before_somebodys_departure_is_missed_and_one_behind_it_is_not()
    {
        Three();
        _run.Show(_ben, "#red", 3, "ann", "one");
        _run.Leave(_ben, "#red", 6, "bye");
        _run.Say(_ann, "#red", 7, "ann", "four");

        Assert.Equal("ben (c2 at node1) was in #red from 2 on, and was not shown 2: 'two' (4, term 1), 'three' (5, term 1)", _run.Only(FindingKind.Missed));
    }

    [Fact]
    public void Whoever_was_cut_off_misses_nothing_behind_the_last_that_it_was_shown()
    {
        Three();
        _run.Show(_ben, "#red", 3, "ann", "one");
        _run.Note(_ben, at => new Note.Ended(at, "cut"));

        Assert.Empty(_run.Findings);
    }

    [Fact]
    public void Whoever_was_told_of_a_gap_misses_nothing()
    {
        Three();
        _run.Show(_ben, "#red", 3, "ann", "one");
        _run.Note(_ben, at => new Note.ToldOfGap(at));
        _run.Show(_ben, "#red", 5, "ann", "three");

        Assert.Empty(_run.Findings);
    }

    [Fact]
    public void A_direct_message_that_was_acknowledged_and_not_shown_to_whom_it_was_for_is_missed()
    {
        _run.Send(_ann, "ben", "psst");
        _run.Keep("", 1, "psst");
        _run.Acknowledge(_ann, "", 1, "psst");

        Assert.Equal("'psst' (.1) to ben by ann (c1 at node1) was acknowledged, and was not shown to ben (c2 at node1)", _run.Only(FindingKind.Missed));
    }

    [Fact]
    public void A_direct_message_to_a_name_that_its_bearer_was_giving_up_may_reach_nobody()
    {
        _run.Send(_ann, "ben", "psst");
        _run.Note(_ben, at => new Note.Renaming(at, "tea"));
        _run.Keep("", 1, "psst");
        _run.Acknowledge(_ann, "", 1, "psst");
        _run.Note(_ben, at => new Note.Named(at, "tea"));

        Assert.Empty(_run.Findings);
    }

    private void Three()
    {
        _run.Say(_ann, "#red", 3, "ann", "one");
        _run.Say(_ann, "#red", 4, "ann", "two");
        _run.Say(_ann, "#red", 5, "ann", "three");
    }
}
