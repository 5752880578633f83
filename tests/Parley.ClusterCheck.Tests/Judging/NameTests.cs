using Parley.ClusterCheck.Judging;
using Parley.ClusterCheck.Records;
using Parley.ClusterCheck.Tests.Support;

namespace Parley.ClusterCheck.Tests.Judging;

/// <summary>A name is one client's at a time, and all nodes agree who is where.</summary>
public sealed class NameTests
{
    private readonly RunBuilder _run = new();

    [Fact]
    public void Two_clients_of_one_name_that_are_both_heard_are_found()
    {
        Journal ann = _run.Client("ann");
        Journal other = _run.Client("ANN");
        _run.Send(other, "x", "two");
        _run.Keep("", 1, "two");
        _run.Acknowledge(other, "", 1, "two");
        _run.Send(ann, "x", "one");
        _run.Keep("", 2, "one");
        _run.Acknowledge(ann, "", 2, "one");

        Assert.StartsWith("ann was ann (c1 at node1) from 0.001", _run.Only(FindingKind.NameTwice), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_still_believes_in_its_name_and_is_heard_no_more_wears_none()
    {
        Journal ann = _run.Client("ann");
        Journal other = _run.Client("ann");
        _run.Send(other, "x", "two");
        _run.Keep("", 1, "two");
        _run.Acknowledge(other, "", 1, "two");
        _run.Send(ann, "x", "one");
        _run.Note(ann, at => new Note.Ended(at, "this node is out"));

        Assert.Empty(_run.Findings);
    }

    [Fact]
    public void A_name_goes_from_one_to_another_and_back()
    {
        Journal ann = _run.Client("tea");
        Say(ann, 1);
        _run.Note(ann, at => new Note.Renaming(at, "ann"));
        _run.Note(ann, at => new Note.Named(at, "ann"));
        Journal ben = _run.Client("tea");
        Say(ben, 2);
        _run.Note(ben, at => new Note.Ended(at, "quit"));
        _run.Note(ann, at => new Note.Renaming(at, "tea"));
        _run.Note(ann, at => new Note.Named(at, "tea"));
        Say(ann, 3);

        Assert.Empty(_run.Findings);
    }

    [Fact]
    public void A_client_whose_renaming_was_refused_has_kept_its_name()
    {
        Journal ann = _run.Client("ann");
        _run.Note(ann, at => new Note.Renaming(at, "tea"));
        Journal other = _run.Client("ann");
        Say(other, 1);
        _run.Note(ann, at => new Note.RenameRefused(at, "tea"));
        Say(ann, 2);

        Assert.StartsWith("ann was ann (c1 at node1)", _run.Only(FindingKind.NameTwice), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_comes_into_a_room_where_it_is_already_is_found()
    {
        Journal ann = _run.Client("ann");
        _run.Enter(ann, "#red", 1, "ann", "ben");
        _run.Note(ann, at => new Note.OtherEntered(at, "#red", "Ben"));

        Assert.StartsWith("ann (c1 at node1): Ben came into #red, where that name was already", _run.Only(FindingKind.NameTwice), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_somebody_takes_where_it_is_already_is_found()
    {
        Journal ann = _run.Client("ann");
        _run.Enter(ann, "#red", 1, "ann", "ben", "cyd");
        _run.Note(ann, at => new Note.OtherRenamed(at, "ben", "cyd"));

        Assert.StartsWith("ann (c1 at node1): ben is now cyd", _run.Only(FindingKind.NameTwice), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_with_a_name_twice_is_found()
    {
        Journal ann = _run.Client("ann");
        _run.Enter(ann, "#red", 1, "ann", "ben", "ben");

        Assert.Equal("ann (c1 at node1): #red has a name twice in ann ben ben", _run.Only(FindingKind.NameTwice));
    }

    [Fact]
    public void Whoever_leaves_or_quits_and_was_not_there_is_found()
    {
        Journal ann = _run.Client("ann");
        _run.Enter(ann, "#red", 1, "ann", "ben");
        _run.Note(ann, at => new Note.OtherLeft(at, "#red", "dan"));
        _run.Note(ann, at => new Note.OtherQuit(at, "eve"));
        _run.Note(ann, at => new Note.OtherQuit(at, "ben"));

        Assert.Equal(["dan left", "eve quit,"], _run.Findings.Select(finding => string.Join(' ', finding.Description["ann (c1 at node1): ".Length..].Split(' ')[..2])));
        Assert.All(_run.Findings, finding => Assert.Equal(FindingKind.ViewsDiffer, finding.Kind));
    }

    [Fact]
    public void Nodes_that_do_not_agree_who_is_in_a_room_are_found()
    {
        Journal ann = _run.Client("ann");
        Journal ben = _run.Client("ben");
        _run.Enter(ann, "#red", 1, "ann", "ben");
        _run.Enter(ben, "#red", 2, "ann", "ben", "cyd");
        _run.Note(ann, at => new Note.Listed(at, 1, "#red", ["ann", "ben"]));
        _run.Note(ben, at => new Note.Listed(at, 1, "#red", ["ann", "ben", "cyd"]));

        Assert.Equal("after round 1, #red has ann ben for ann (c1 at node1), and ann ben cyd for ben (c2 at node1)", _run.Only(FindingKind.ViewsDiffer));
    }

    [Fact]
    public void Somebody_who_is_listed_and_whose_connection_is_gone_is_found()
    {
        Journal ann = _run.Client("ann");
        Journal ben = _run.Client("ben");
        _run.Enter(ann, "#red", 1, "ann");
        _run.Enter(ben, "#red", 2, "ann", "ben");
        _run.Note(ann, at => new Note.OtherEntered(at, "#red", "ben"));
        _run.Note(ben, at => new Note.Ended(at, "killed"));
        _run.Note(ann, at => new Note.Listed(at, 1, "#red", ["ann", "ben"]));

        Assert.Equal("after round 1, #red has ann ben for ann (c1 at node1), and clients that are in it are ann", _run.Only(FindingKind.ViewsDiffer));
    }

    [Fact]
    public void A_list_that_is_not_what_a_reader_was_shown_is_found()
    {
        Journal ann = _run.Client("ann");
        Journal ben = _run.Client("ben");
        _run.Enter(ann, "#red", 1, "ann");
        _run.Enter(ben, "#red", 2, "ann", "ben");
        _run.Note(ann, at => new Note.Listed(at, 1, "#red", ["ann", "ben"]));

        Assert.Equal("ann (c1 at node1): #red has ann ben, and what was shown adds up to ann, after round 1", _run.Only(FindingKind.ViewsDiffer));
    }

    private void Say(Journal who, long number)
    {
        _run.Send(who, "x", $"text {number}");
        _run.Keep("", number, $"text {number}");
        _run.Acknowledge(who, "", number, $"text {number}");
    }
}
