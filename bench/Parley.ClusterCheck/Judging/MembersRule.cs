using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>Who is in a room is the same at all nodes when nothing is on its way, is what each reader was shown step by step, and has no name twice.</summary>
/// <remarks>What was said while a node was away its people are shown before they are shown who came and went meanwhile, so an author may be unknown to them.</remarks>
internal sealed class MembersRule : IRule
{
    public IEnumerable<Finding> Judge(RunRecord record) => record.Journals.SelectMany(ByReader).Concat(ByRound(record));

    private static IEnumerable<Finding> ByRound(RunRecord record)
    {
        var listings = record.Journals.SelectMany(journal => journal.Notes.OfType<Note.Listed>(), (journal, note) => (Journal: journal, Note: note));
        var moves = record.Journals.Select(journal => journal.Notes.Where(note => note is Note.Named or Note.Entered or Note.Left or Note.Ended).ToArray()).ToArray();
        foreach (var its in listings.GroupBy(listing => (listing.Note.Round, listing.Note.Room)))
        {
            var first = its.First();
            foreach (var other in its.Where(other => Join(other.Note.Names) != Join(first.Note.Names)))
            {
                yield return new Finding(
                    FindingKind.ViewsDiffer,
                    $"after round {its.Key.Round}, {its.Key.Room} has {Join(first.Note.Names)} for {first.Journal.Description}, and {Join(other.Note.Names)} for {other.Journal.Description}");
            }

            // A connection that lives is there, and nobody else is.
            var at = its.Min(listing => listing.Note.At);
            var names = moves.Select(notes => NameIn(notes, its.Key.Room, at)).OfType<string>().ToList();
            if (Join(names) != Join(first.Note.Names))
            {
                yield return new Finding(
                    FindingKind.ViewsDiffer, $"after round {its.Key.Round}, {its.Key.Room} has {Join(first.Note.Names)} for {first.Journal.Description}, and clients that are in it are {Join(names)}");
            }
        }
    }

    /// <summary>Follows what one reader was shown of those in its rooms.</summary>
    private static IEnumerable<Finding> ByReader(Journal journal)
    {
        var rooms = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var note in journal.Notes)
        {
            switch (note)
            {
                case Note.Entered its:
                    rooms[its.Room] = new HashSet<string>(its.Names, StringComparer.OrdinalIgnoreCase);
                    if (rooms[its.Room].Count < its.Names.Count)
                    {
                        yield return Twice($"{its.Room} has a name twice in {Join(its.Names)}");
                    }

                    break;
                case Note.Left its:
                    rooms.Remove(its.Room);
                    break;
                case Note.OtherEntered its when rooms.TryGetValue(its.Room, out var names) && !names.Add(its.Name):
                    yield return Twice($"{its.Name} came into {its.Room}, where that name was already ({its.At.TotalSeconds:0.000} s)");
                    break;
                case Note.OtherLeft its when rooms.TryGetValue(its.Room, out var names) && !names.Remove(its.Name):
                    yield return Differ($"{its.Name} left {its.Room}, and was not in it ({its.At.TotalSeconds:0.000} s)");
                    break;
                case Note.OtherQuit its when rooms.Count > 0 && !RemoveFromAll(rooms.Values, its.Name):
                    yield return Differ($"{its.Name} quit, and was in no room ({its.At.TotalSeconds:0.000} s)");
                    break;
                case Note.OtherRenamed its:
                    foreach (var names in rooms.Values.Where(names => names.Remove(its.Name)).Where(names => !names.Add(its.NewName)))
                    {
                        yield return Twice($"{its.Name} is now {its.NewName} in a room with {Join(names)}, where that name was already ({its.At.TotalSeconds:0.000} s)");
                    }

                    break;
                case Note.Listed its:
                    if (its.Names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < its.Names.Count)
                    {
                        yield return Twice($"{its.Room} has a name twice in {Join(its.Names)}");
                    }

                    if (rooms.TryGetValue(its.Room, out var seen) && Join(seen) != Join(its.Names))
                    {
                        yield return Differ($"{its.Room} has {Join(its.Names)}, and what was shown adds up to {Join(seen)}, after round {its.Round}");
                    }

                    break;
            }
        }

        Finding Twice(string what) => new(FindingKind.NameTwice, $"{journal.Description}: {what}");

        Finding Differ(string what) => new(FindingKind.ViewsDiffer, $"{journal.Description}: {what}");
    }

    /// <summary>A connection's name, if it is in a room at a moment.</summary>
    private static string? NameIn(Note[] moves, string room, TimeSpan at)
    {
        var (name, isIn) = ((string?)null, false);
        foreach (var note in moves.TakeWhile(note => note.At <= at))
        {
            switch (note)
            {
                case Note.Named its:
                    name = its.Name;
                    break;
                case Note.Entered its when its.Room == room:
                    isIn = true;
                    break;
                case Note.Left its when its.Room == room:
                case Note.Ended:
                    isIn = false;
                    break;
            }
        }

        return isIn ? name : null;
    }

    private static bool RemoveFromAll(IEnumerable<HashSet<string>> rooms, string name)
    {
        var isRemoved = false;
        foreach (var names in rooms)
        {
            isRemoved |= names.Remove(name);
        }

        return isRemoved;
    }

    private static string Join(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.OrdinalIgnoreCase));
}
