using Parley.ClusterCheck.Judging;
using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Tests.Support;

/// <summary>A run as a test tells it, one thing a millisecond.</summary>
internal sealed class RunBuilder
{
    private readonly List<Journal> _journals = [];
    private readonly List<KeptMessage> _kept = [];
    private readonly List<HomeTerm> _terms = [new(1, "node1")];
    private int _milliseconds;

    private TimeSpan Now => TimeSpan.FromMilliseconds(++_milliseconds);

    public IReadOnlyList<Finding> Findings => RunJudge.Judge(new RunRecord(_journals, _kept, _terms));

    /// <summary>Somebody comes in under a name.</summary>
    public Journal Client(string name)
    {
        Journal journal = new(_journals.Count + 1, name, "node1");
        _journals.Add(journal);
        Note(journal, at => new Note.Named(at, name));
        return journal;
    }

    public void Note(Journal who, Func<TimeSpan, Note> note) => who.Add(note(Now));

    /// <summary>The client is in a room with others, who may not be told of it.</summary>
    public void Enter(Journal who, string room, long number, params string[] names)
    {
        _kept.Add(new KeptMessage(room, number, KeptKind.Joined, "somebody", who.Title, 1, "node1"));
        Note(who, at => new Note.Entered(at, room, names));
    }

    public void Leave(Journal who, string room, long number, string reason)
    {
        Note(who, at => new Note.Leaving(at, room, reason));
        _kept.Add(new KeptMessage(room, number, KeptKind.Left, "somebody", reason, 1, "node1"));
        Note(who, at => new Note.Left(at, room));
    }

    public void Keep(string room, long number, string text, long term = 1, string writer = "node1")
        => _kept.Add(new KeptMessage(room, number, KeptKind.Text, "somebody", text, term, writer));

    public void Term(long term, string node) => _terms.Add(new HomeTerm(term, node));

    public void Send(Journal who, string target, string text) => Note(who, at => new Note.Sent(at, target, text));

    public void Acknowledge(Journal who, string room, long number, string text) => Note(who, at => new Note.Acknowledged(at, room, number, text));

    /// <summary>The client is shown what somebody says who is in the room; its own words, too.</summary>
    public void Show(Journal who, string room, long number, string author, string text)
        => Note(who, at => room.Length == 0 ? new Note.ShownDirect(at, number, author, text) : new Note.Shown(at, room, number, author, text));

    /// <summary>The client says something that is kept, acknowledged and shown to it.</summary>
    public void Say(Journal who, string room, long number, string author, string text)
    {
        Send(who, room, text);
        Keep(room, number, text);
        Acknowledge(who, room, number, text);
        Show(who, room, number, author, text);
    }

    /// <summary>The one thing that does not hold.</summary>
    public string Only(FindingKind kind)
    {
        Finding finding = Assert.Single(Findings);
        Assert.Equal(kind, finding.Kind);
        return finding.Description;
    }
}
