using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>What a node reads from history is what the database has, and nothing that was acknowledged before is missing at its end.</summary>
internal sealed class ReadRule : IRule
{
    public IEnumerable<Finding> Judge(RunRecord record)
    {
        var rooms = record.Kept.Where(message => message.Kind == KeptKind.Text).GroupBy(message => message.Room, StringComparer.Ordinal)
            .ToDictionary(its => its.Key, its => its.OrderBy(message => message.Number).ToArray(), StringComparer.Ordinal);
        var acknowledged = record.Journals.SelectMany(journal => journal.Notes.OfType<Note.Acknowledged>()).OrderBy(note => note.At).ToArray();
        foreach (var journal in record.Journals)
        {
            foreach (var read in journal.Notes.OfType<Note.Read>())
            {
                var kept = rooms.GetValueOrDefault(read.Room) ?? [];
                var last = acknowledged.Where(note => note.At < read.At && note.Room == read.Room).Select(note => note.Number).DefaultIfEmpty().Max();
                if ((read.Messages.Count > 0 ? read.Messages[^1].Number : 0) < last)
                {
                    yield return new Finding(FindingKind.Lost, $"{journal.Description} reads history of {read.Room} after round {read.Round} without {read.Room}.{last}, which was acknowledged");
                }
                else if (read.Messages.Count > 0 && !kept.Where(message => message.Number >= read.Messages[0].Number && message.Number <= read.Messages[^1].Number)
                    .Select(message => (message.Number, message.Text)).SequenceEqual(read.Messages))
                {
                    yield return new Finding(
                        FindingKind.Reordered,
                        $"{journal.Description} reads history of {read.Room} after round {read.Round} as {string.Join(' ', read.Messages.Select(message => message.Number))}, which is not what the database has");
                }
            }
        }
    }
}
