namespace Parley.ClusterCheck.Records;

/// <summary>All that is known of a run: what clients did and were shown, and what the database holds when nothing is on its way any more.</summary>
/// <param name="Journals">What happened on each connection.</param>
/// <param name="Kept">History, whatever its order.</param>
/// <param name="Terms">The terms that began.</param>
internal sealed record RunRecord(IReadOnlyList<Journal> Journals, IReadOnlyList<KeptMessage> Kept, IReadOnlyList<HomeTerm> Terms)
{
    /// <summary>Number of each message in its room's history, by its text; the first, if there are several.</summary>
    public IReadOnlyDictionary<string, long> NumbersByText => field ??= Kept.Where(message => message.Kind == KeptKind.Text)
        .GroupBy(message => message.Text, StringComparer.Ordinal).ToDictionary(its => its.Key, its => its.Min(message => message.Number), StringComparer.Ordinal);
}
