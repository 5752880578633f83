using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>What was acknowledged or shown to anybody is in history, at its number.</summary>
internal sealed class KeptRule : IRule
{
    public IEnumerable<Finding> Judge(RunRecord record)
    {
        var kept = record.Kept.Where(message => message.Kind == KeptKind.Text)
            .GroupBy(message => (message.Room, message.Number)).ToDictionary(its => its.Key, its => its.First().Text);
        foreach (var journal in record.Journals)
        {
            foreach (var note in journal.Notes)
            {
                var (what, room, number, text) = note switch
                {
                    Note.Acknowledged its => ("acknowledged", its.Room, its.Number, its.Text),
                    Note.Shown its => ("shown", its.Room, its.Number, its.Text),
                    Note.ShownDirect its => ("shown", "", its.Number, its.Text),
                    _ => ("", "", 0L, ""),
                };
                if (what.Length > 0 && (!kept.TryGetValue((room, number), out var found) || found != text))
                {
                    yield return new Finding(
                        FindingKind.Lost, $"'{text}' was {what} to {journal.Description} as {room}.{number}, where history has {(found is null ? "nothing" : $"'{found}'")}");
                }
            }
        }
    }
}
