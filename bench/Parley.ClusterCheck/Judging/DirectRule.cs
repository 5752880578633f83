using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>A direct message that was acknowledged is shown to whoever had the name of its recipient all the while.</summary>
internal sealed class DirectRule : IRule
{
    public IEnumerable<Finding> Judge(RunRecord record)
    {
        var readers = record.Journals.SelectMany(NameSpan.Of).ToLookup(span => span.Name, StringComparer.OrdinalIgnoreCase);
        var shown = record.Journals.ToDictionary(journal => journal.Id, journal => journal.Notes.OfType<Note.ShownDirect>().Select(note => note.Number).ToHashSet());
        foreach (var journal in record.Journals)
        {
            var sent = journal.Notes.OfType<Note.Sent>().Where(note => !note.Target.StartsWith('#')).GroupBy(note => note.Text, StringComparer.Ordinal).ToDictionary(its => its.Key, its => its.First(), StringComparer.Ordinal);
            foreach (var acknowledged in journal.Notes.OfType<Note.Acknowledged>().Where(note => note.Room.Length == 0))
            {
                if (!sent.TryGetValue(acknowledged.Text, out var note))
                {
                    continue;
                }

                // Of a connection that has ended, only what was shown behind it tells that this should have been.
                var missed = readers[note.Target].Where(span => span.From <= note.At && !(span.Until <= acknowledged.At) && !shown[span.Journal.Id].Contains(acknowledged.Number)
                    && (!span.IsCut || shown[span.Journal.Id].Any(number => number > acknowledged.Number)));
                foreach (var span in missed)
                {
                    yield return new Finding(
                        FindingKind.Missed, $"'{note.Text}' (.{acknowledged.Number}) to {note.Target} by {journal.Description} was acknowledged, and was not shown to {span.Journal.Description}");
                }
            }
        }
    }
}
