using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>Whoever is in a room is shown all that is said there from when it came in until it left, or was cut off, or was told of a gap.</summary>
internal sealed class GapRule : IRule
{
    private const int MaxNamed = 5;

    public IEnumerable<Finding> Judge(RunRecord record)
    {
        var rooms = record.Kept.GroupBy(message => message.Room, StringComparer.Ordinal).ToDictionary(its => its.Key, its => its.OrderBy(message => message.Number).ToArray(), StringComparer.Ordinal);
        var ends = new Dictionary<(Journal Journal, string Room), long>();
        foreach (var stay in record.Journals.SelectMany(Stay.Of))
        {
            var room = rooms.GetValueOrDefault(stay.Room) ?? [];
            var (from, until) = (FromOf(stay, room, ends.GetValueOrDefault((stay.Journal, stay.Room))), UntilOf(stay, room));
            ends[(stay.Journal, stay.Room)] = until;
            if (stay.HasGap)
            {
                continue;
            }

            var shown = stay.Shown.Select(its => its.Number).ToHashSet();
            var missed = room.Where(message => message.Kind == KeptKind.Text && message.Number > from && message.Number < until && !shown.Contains(message.Number)).ToList();
            if (missed.Count > 0)
            {
                yield return new Finding(
                    FindingKind.Missed,
                    $"{stay.Journal.Description} was in {stay.Room} from {from} on, and was not shown {missed.Count}: "
                    + string.Join(", ", missed.Take(MaxNamed).Select(message => $"'{message.Text}' ({message.Number}, term {message.Term})")));
            }
        }
    }

    /// <summary>The number of the client's own arrival, behind its last stay; where history does not have it, the one before the first message that it was shown.</summary>
    private static long FromOf(Stay stay, KeptMessage[] room, long last)
    {
        var first = stay.Shown.Count > 0 ? stay.Shown[0].Number : long.MaxValue;
        return room.LastOrDefault(message => message.Kind == KeptKind.Joined && message.Number >= last && message.Number < first && message.Text == stay.Journal.Title)?.Number
            ?? (first == long.MaxValue ? first : first - 1);
    }

    private static long UntilOf(Stay stay, KeptMessage[] room)
    {
        var last = stay.Shown.Count > 0 ? stay.Shown[^1].Number + 1 : 0;
        return stay.HasLeft ? room.FirstOrDefault(message => message.Kind == KeptKind.Left && message.Text == stay.LeftWith)?.Number ?? last
            : stay.IsCut ? last
            : long.MaxValue;
    }
}
