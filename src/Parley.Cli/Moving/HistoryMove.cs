using Parley.Cli.Terminal;
using Parley.Core.History;
using Parley.Core.Text;

namespace Parley.Cli.Moving;

/// <summary>Takes a history from one store to another that has nothing else. After an interruption it goes on where it was.</summary>
internal static class HistoryMove
{
    /// <summary>Takes everything over; what an earlier attempt has moved is left as it is.</summary>
    /// <exception cref="HistoryException">One of them cannot be used, or the target has messages of its own; then nothing has changed.</exception>
    public static ImportResult Run(IHistoryArchive source, IHistoryArchive target, DateTimeOffset now, ProgressLine progress)
    {
        using var entries = source.Export(withDirects: true).GetEnumerator();
        var present = Compare(entries, source, target, progress);
        var result = target.Import(Rest(entries, present, progress), now);

        // Rooms go on behind what they ever had, also what retention has removed.
        target.RaiseNumbers(source.LastNumbers());
        return new ImportResult(result.Added, result.Present + present);
    }

    /// <summary>Throws where the target has messages of its own.</summary>
    public static void Check(IHistoryArchive source, IHistoryArchive target, ProgressLine progress)
    {
        using var entries = source.Export(withDirects: true).GetEnumerator();
        Compare(entries, source, target, progress);
    }

    /// <summary>Goes past what the target has already: it was written in the order in which the source gives it.</summary>
    private static long Compare(IEnumerator<HistoryEntry> entries, IHistoryArchive source, IHistoryArchive target, ProgressLine progress)
    {
        long present = 0;
        foreach (var there in target.Export(withDirects: true))
        {
            if (!entries.MoveNext() || !IsSame(entries.Current, there))
            {
                throw new HistoryException($"{target.Location} has messages that did not come from {source.Location}: name one that has none");
            }

            present++;
            progress.Show(() => $"{Counted.Of(present, "message")} there already");
        }

        return present;
    }

    private static IEnumerable<HistoryEntry> Rest(IEnumerator<HistoryEntry> entries, long present, ProgressLine progress)
    {
        for (var moved = present + 1; entries.MoveNext(); moved++)
        {
            var count = moved;
            progress.Show(() => $"{Counted.Of(count, "message")} moved");
            yield return entries.Current;
        }
    }

    private static bool IsSame(in HistoryEntry left, in HistoryEntry right)
        => left.Text.Span.SequenceEqual(right.Text.Span) && left.Tags.Span.SequenceEqual(right.Tags.Span) && Rest(left) == Rest(right);

    private static HistoryEntry Rest(in HistoryEntry entry) => entry with { Text = default, Tags = default, FormerRoom = default, PostOrigin = default };
}
