using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>Where the connection lives on, a message is acknowledged in the end, whatever fails meanwhile; only one to a name that nobody has is refused.</summary>
internal sealed class AnswerRule : IRule
{
    /// <summary>The numeric that tells that nobody has the name.</summary>
    public const string NoSuchNick = "401";

    public IEnumerable<Finding> Judge(RunRecord record)
    {
        foreach (var journal in record.Journals)
        {
            var notes = journal.Notes;
            if (notes.Any(note => note is Note.Ended))
            {
                continue;
            }

            var answered = notes.Select(note => note switch { Note.Acknowledged its => its.Text, Note.Refused its => its.Text, _ => null }).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var sent = new Dictionary<string, Note.Sent>(StringComparer.Ordinal);
            foreach (var note in notes.OfType<Note.Sent>())
            {
                sent[note.Text] = note;
                if (!answered.Contains(note.Text))
                {
                    yield return new Finding(FindingKind.NotServed, $"'{note.Text}' to {note.Target} by {journal.Description} was neither acknowledged nor refused, though the connection lives");
                }
            }

            foreach (var note in notes.OfType<Note.Failed>())
            {
                yield return new Finding(FindingKind.NotServed, $"{note.Command} of {journal.Description} was answered with '{note.Answer}', though the connection lives ({note.At.TotalSeconds:0.000} s)");
            }

            foreach (var note in notes.OfType<Note.Refused>())
            {
                if (sent.TryGetValue(note.Text, out var its) && (its.Target.StartsWith('#') || !note.Reason.StartsWith(NoSuchNick, StringComparison.Ordinal)))
                {
                    yield return new Finding(FindingKind.NotServed, $"'{note.Text}' to {its.Target} by {journal.Description} was refused ({note.Reason}), though the connection lives");
                }
            }
        }
    }
}
