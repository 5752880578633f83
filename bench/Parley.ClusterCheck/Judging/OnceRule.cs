using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>A message is in history once, has a number of its own, and is shown and acknowledged to anybody once.</summary>
internal sealed class OnceRule : IRule
{
    public IEnumerable<Finding> Judge(RunRecord record)
    {
        foreach (var its in Twice(record.Kept.Where(message => message.Kind == KeptKind.Text), message => message.Text))
        {
            yield return new Finding(FindingKind.Doubled, $"'{its.Key}' is in history as {string.Join(" and ", its.Select(message => $"{message.Room}.{message.Number}"))}");
        }

        foreach (var its in Twice(record.Kept, message => (message.Room, message.Number)))
        {
            yield return new Finding(FindingKind.Doubled, $"history has {its.Key.Room}.{its.Key.Number} {its.Count()} times");
        }

        foreach (var journal in record.Journals)
        {
            var notes = journal.Notes;
            var shown = notes.Select(note => note switch { Note.Shown its => its.Text, Note.ShownDirect its => its.Text, _ => null }).OfType<string>();
            foreach (var its in Twice(shown, text => text))
            {
                yield return new Finding(FindingKind.Doubled, $"'{its.Key}' was shown {its.Count()} times to {journal.Description}");
            }

            foreach (var its in Twice(notes.OfType<Note.Acknowledged>(), note => note.Text))
            {
                yield return new Finding(FindingKind.Doubled, $"'{its.Key}' was acknowledged {its.Count()} times to {journal.Description}");
            }
        }
    }

    private static IEnumerable<IGrouping<TKey, T>> Twice<T, TKey>(IEnumerable<T> all, Func<T, TKey> key) => all.GroupBy(key).Where(its => its.Skip(1).Any());
}
