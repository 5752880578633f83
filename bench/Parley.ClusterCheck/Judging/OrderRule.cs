using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>A room has one order: each reader sees that of history, authors' messages stand in it as they were sent, and what is sent after another was acknowledged stands behind it.</summary>
internal sealed class OrderRule : IRule
{
    public IEnumerable<Finding> Judge(RunRecord record)
        => record.Journals.SelectMany(ByReader).Concat(record.Journals.SelectMany(journal => ByAuthor(journal, record))).Concat(ByTime(record));

    private static IEnumerable<Finding> ByReader(Journal journal)
    {
        var last = new Dictionary<string, (long Number, string Text)>(StringComparer.Ordinal);
        foreach (var note in journal.Notes)
        {
            var (room, number, text) = note switch { Note.Shown its => (its.Room, its.Number, its.Text), Note.ShownDirect its => ("", its.Number, its.Text), _ => ("", 0L, "") };
            if (number == 0)
            {
                continue;
            }

            if (last.TryGetValue(room, out var before) && before.Number > number)
            {
                yield return new Finding(FindingKind.Reordered, $"'{text}' ({room}.{number}) was shown to {journal.Description} behind '{before.Text}' ({room}.{before.Number})");
            }

            last[room] = (number, text);
        }
    }

    private static IEnumerable<Finding> ByAuthor(Journal journal, RunRecord record)
    {
        var numbers = record.NumbersByText;
        var last = new Dictionary<string, (long Number, string Text)>(StringComparer.Ordinal);
        foreach (var sent in journal.Notes.OfType<Note.Sent>())
        {
            if (!numbers.TryGetValue(sent.Text, out var number))
            {
                continue;
            }

            if (last.TryGetValue(sent.Target, out var before) && before.Number > number)
            {
                yield return new Finding(
                    FindingKind.Reordered, $"'{sent.Text}' ({sent.Target}.{number}) was sent by {journal.Description} behind '{before.Text}' ({sent.Target}.{before.Number})");
            }

            last[sent.Target] = (number, sent.Text);
        }
    }

    private static IEnumerable<Finding> ByTime(RunRecord record)
    {
        var numbers = record.NumbersByText;
        var moments = record.Journals.SelectMany(journal => journal.Notes).Where(note => note is Note.Sent or Note.Acknowledged)
            .OrderBy(note => note.At).ThenBy(note => note is Note.Acknowledged);
        var last = new Dictionary<string, (long Number, string Text)>(StringComparer.Ordinal);
        foreach (var note in moments)
        {
            if (note is Note.Acknowledged acknowledged)
            {
                if (!last.TryGetValue(acknowledged.Room, out var before) || before.Number < acknowledged.Number)
                {
                    last[acknowledged.Room] = (acknowledged.Number, acknowledged.Text);
                }
            }
            else if (note is Note.Sent sent && numbers.TryGetValue(sent.Text, out var number)
                && last.TryGetValue(sent.Target.StartsWith('#') ? sent.Target : "", out var known) && known.Number > number)
            {
                yield return new Finding(FindingKind.Reordered, $"'{sent.Text}' ({sent.Target}.{number}) was sent after '{known.Text}' ({known.Number}) had been acknowledged");
            }
        }
    }
}
