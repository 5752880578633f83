using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Finds where the messages of a time are among those of a room that are in place.</summary>
/// <remarks>
/// Between two setbacks time never goes back, so a search by halves finds it there, and times need no index. A room has no setback, but for what
/// was imported or written under a clock that was set back.
/// </remarks>
internal sealed class TimeFinder : IDisposable
{
    private readonly Statement _atOrAfter;
    private readonly Statement _lastPlaced;
    private readonly Statement _setbacks;

    public TimeFinder(Database database)
    {
        _atOrAfter = database.Prepare(
            """
            SELECT place.key, message.time FROM place CROSS JOIN message ON message.id = place.message
            WHERE place.key >= ? AND place.key <= ? ORDER BY place.key LIMIT 1
            """);
        _lastPlaced = database.Prepare("SELECT max(key) FROM place WHERE key >= ? AND key < ?");
        _setbacks = database.Prepare("SELECT key, before, time FROM setback WHERE key > ? AND key < ? ORDER BY key");
    }

    /// <summary>The numbers of the messages in place that a query's bounds mean, in order; without bounds of time, all between those of numbers.</summary>
    public List<NumberRange> Ranges(HistoryQuery query, RoomView room)
    {
        var (after, before) = Bounds(query);
        if (query is { Since: null, Until: null })
        {
            return after < before - 1 ? [new(after, before)] : [];
        }

        var ranges = new List<NumberRange>();
        var (since, until) = Times(query);
        foreach (var run in Runs(room.Id, after, before))
        {
            if (since > run.Latest || until <= run.Earliest)
            {
                continue;
            }

            var first = since <= run.Earliest ? run.First : FirstAt(since, run);
            var end = until > run.Latest ? run.Last + 1 : FirstAt(until, run);
            if (first >= end)
            {
                continue;
            }

            var range = new NumberRange(MessageKey.NumberOf(first) - 1, MessageKey.NumberOf(end - 1) + 1);
            if (ranges is [.., var last] && last.Before == range.After + 1)
            {
                ranges[^1] = last with { Before = range.Before };
            }
            else
            {
                ranges.Add(range);
            }
        }

        return ranges;
    }

    /// <summary>True for a message that is not in place yet, if it is within a query's bounds.</summary>
    public static bool IsMeant(HistoryQuery query, RecentMessage message)
    {
        var (after, before) = Bounds(query);
        var (since, until) = Times(query);
        return message.Number > after && message.Number < before && message.Time >= since && message.Time < until;
    }

    public void Dispose()
    {
        _atOrAfter.Dispose();
        _lastPlaced.Dispose();
        _setbacks.Dispose();
    }

    private static (long After, long Before) Bounds(HistoryQuery query) => (Math.Max(0, query.After), Math.Min(query.Before, MessageKey.MaxNumber));

    private static (long Since, long Until) Times(HistoryQuery query)
        => (query.Since is { } since ? StoredTime.Of(since) : long.MinValue, query.Until is { } until ? StoredTime.Of(until) : long.MaxValue);

    /// <summary>The parts of a room, between two numbers, in which time never goes back. Their keys are inclusive, their times may be wider than what is there.</summary>
    private List<(long First, long Last, long Earliest, long Latest)> Runs(long room, long after, long before)
    {
        _lastPlaced.Bind(1, MessageKey.Of(room, 0)).Bind(2, MessageKey.Of(room + 1, 0)).TryNumber(out var last);
        var first = MessageKey.Of(room, after) + 1;
        last = Math.Min(last, MessageKey.Of(room, before) - 1);
        var runs = new List<(long, long, long, long)>();
        if (first > last)
        {
            return runs;
        }

        var earliest = long.MinValue;
        _setbacks.Bind(1, first).Bind(2, last + 1);
        while (_setbacks.Step())
        {
            runs.Add((first, _setbacks.Number(0) - 1, earliest, _setbacks.Number(1)));
            (first, earliest) = (_setbacks.Number(0), _setbacks.Number(2));
        }

        runs.Add((first, last, earliest, long.MaxValue));
        return runs;
    }

    // Numbers may be missing: each probe takes the next one that is there.
    /// <summary>A key that all messages of a run of a time or later have or are above, and all earlier ones are below; the one behind its last if there is none.</summary>
    private long FirstAt(long time, (long First, long Last, long Earliest, long Latest) run)
    {
        var (low, high) = (run.First, run.Last);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            if (_atOrAfter.Bind(1, middle).Bind(2, run.Last).Step() && _atOrAfter.Number(1) < time)
            {
                low = _atOrAfter.Number(0) + 1;
            }
            else
            {
                high = middle - 1;
            }

            _atOrAfter.Reset();
        }

        return low;
    }
}
