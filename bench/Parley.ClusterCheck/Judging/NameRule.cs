using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>A name is worn by one client at a time.</summary>
/// <remarks>
/// A node that was cut off may still believe in a name that others have by now, so what a client was told proves nothing: a message that is
/// acknowledged later does.
/// </remarks>
internal sealed class NameRule : IRule
{
    public IEnumerable<Finding> Judge(RunRecord record)
    {
        foreach (var its in record.Journals.SelectMany(NameSpan.Of).Where(span => span.Proven is not null).GroupBy(span => span.Name, StringComparer.OrdinalIgnoreCase))
        {
            NameSpan? longest = null;
            foreach (var span in its.OrderBy(span => span.From))
            {
                if (longest is not null && span.From < longest.Proven && span.Journal.Id != longest.Journal.Id)
                {
                    yield return new Finding(
                        FindingKind.NameTwice,
                        $"{its.Key} was {longest.Journal.Description} from {longest.From.TotalSeconds:0.000} to {longest.Proven!.Value.TotalSeconds:0.000} s and {span.Journal.Description} from {span.From.TotalSeconds:0.000} to {span.Proven!.Value.TotalSeconds:0.000} s");
                }

                longest = longest is null || span.Proven > longest.Proven ? span : longest;
            }
        }
    }
}
