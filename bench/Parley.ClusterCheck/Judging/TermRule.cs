using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>Only the home of a term writes under it, and in a room no term comes behind a later one.</summary>
internal sealed class TermRule : IRule
{
    public IEnumerable<Finding> Judge(RunRecord record)
    {
        foreach (var its in record.Terms.GroupBy(each => each.Term).Where(its => its.Select(each => each.Node).Distinct(StringComparer.Ordinal).Skip(1).Any()))
        {
            yield return new Finding(FindingKind.TwoHomes, $"term {its.Key} was given to {string.Join(" and ", its.Select(each => each.Node))}");
        }

        var homes = record.Terms.GroupBy(each => each.Term).ToDictionary(its => its.Key, its => its.First().Node);
        foreach (var its in record.Kept.GroupBy(message => (message.Term, message.Writer)))
        {
            var home = homes.GetValueOrDefault(its.Key.Term);
            if (home != its.Key.Writer)
            {
                var one = its.MinBy(message => message.Number)!;
                yield return new Finding(
                    FindingKind.TwoHomes, $"{its.Key.Writer} wrote {its.Count()} under term {its.Key.Term}, whose home was {home ?? "nobody"}, such as {one.Room}.{one.Number} '{one.Text}'");
            }
        }

        foreach (var room in record.Kept.GroupBy(message => message.Room, StringComparer.Ordinal))
        {
            KeptMessage? last = null;
            foreach (var message in room.OrderBy(message => message.Number))
            {
                if (last is not null && last.Term > message.Term)
                {
                    yield return new Finding(
                        FindingKind.TwoHomes, $"{room.Key}.{message.Number} was written under term {message.Term}, behind {room.Key}.{last.Number} under term {last.Term}");
                }

                last = message;
            }
        }
    }
}
