using Parley.ClusterCheck.Judging;
using Parley.ClusterCheck.Records;
using Parley.ClusterCheck.Tests.Support;

namespace Parley.ClusterCheck.Tests.Judging;

/// <summary>Whoever stays connected gets an answer in the end.</summary>
public sealed class AnswerTests
{
    private readonly RunBuilder _run = new();
    private readonly Journal _ann;

    public AnswerTests() => _ann = _run.Client("ann");

    [Fact]
    public void A_message_without_an_answer_on_a_connection_that_lives_is_found()
    {
        _run.Send(_ann, "#red", "one");

        Assert.Equal("'one' to #red by ann (c1 at node1) was neither acknowledged nor refused, though the connection lives", _run.Only(FindingKind.NotServed));
    }

    [Fact]
    public void A_message_to_a_room_that_is_refused_on_a_connection_that_lives_is_found()
    {
        _run.Send(_ann, "#red", "one");
        _run.Note(_ann, at => new Note.Refused(at, "one", "404 Cannot send"));

        Assert.Equal("'one' to #red by ann (c1 at node1) was refused (404 Cannot send), though the connection lives", _run.Only(FindingKind.NotServed));
    }

    [Fact]
    public void A_message_to_a_name_that_nobody_has_may_be_refused()
    {
        _run.Send(_ann, "ben", "one");
        _run.Note(_ann, at => new Note.Refused(at, "one", "401 No such nick"));

        Assert.Empty(_run.Findings);
    }

    [Fact]
    public void A_command_that_fails_on_a_connection_that_lives_is_found()
    {
        _run.Note(_ann, at => new Note.Failed(at, "JOIN #red", "ACK"));

        Assert.StartsWith("JOIN #red of ann (c1 at node1) was answered with 'ACK'", _run.Only(FindingKind.NotServed), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_owed_on_a_connection_that_has_ended()
    {
        _run.Send(_ann, "#red", "one");
        _run.Send(_ann, "#red", "two");
        _run.Note(_ann, at => new Note.Refused(at, "two", "this node is out"));
        _run.Note(_ann, at => new Note.Failed(at, "JOIN #red", ""));
        _run.Note(_ann, at => new Note.Ended(at, "this node is out"));

        Assert.Empty(_run.Findings);
    }
}
