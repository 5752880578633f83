using Npgsql;
using Parley.Core.History;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Reading;

/// <summary>Finds where the messages of a time are among those of a room.</summary>
/// <remarks>
/// Between two setbacks time never goes back, and a search by halves finds it there. A room has no setback, but for what was imported or
/// written under a clock that was set back: then an index has the first message of a time.
/// </remarks>
internal sealed class TimeFinder(NpgsqlDataSource database)
{
    /// <summary>The numbers of the messages that a query's bounds mean, in order; without bounds of time, all between those of numbers.</summary>
    public async Task<List<NumberRange>> RangesAsync(long room, HistoryQuery query, CancellationToken cancellationToken)
    {
        var (after, before) = (Math.Max(0, query.After), query.Before);
        if (query is { Since: null, Until: null })
        {
            return [new(after, before)];
        }

        if (await RunsAsync(room, after, before, cancellationToken) is not { } runs)
        {
            after = query.Since is { } from ? Math.Max(after, await FirstAtAsync(room, from, cancellationToken) - 1) : after;
            before = query.Until is { } to ? Math.Min(before, await FirstAtAsync(room, to, cancellationToken)) : before;
            return [new(after, before)];
        }

        var (since, until) = (query.Since is { } early ? StoredTime.Of(early) : long.MinValue, query.Until is { } late ? StoredTime.Of(late) : long.MaxValue);
        var ranges = new List<NumberRange>();
        foreach (var run in runs)
        {
            if (since > run.Latest || until <= run.Earliest)
            {
                continue;
            }

            var first = since <= run.Earliest ? run.First : await FirstAtAsync(room, run, since, cancellationToken);
            var end = until > run.Latest ? run.Last + 1 : await FirstAtAsync(room, run, until, cancellationToken);
            if (first < end && ranges is [.., var last] && last.Before == first)
            {
                ranges[^1] = last with { Before = end };
            }
            else if (first < end)
            {
                ranges.Add(new(first - 1, end));
            }
        }

        return ranges;
    }

    /// <summary>The parts of a room, between two numbers, in which time never goes back; null if it goes back nowhere in the room.</summary>
    /// <returns>Their numbers are inclusive, their times may be wider than what is there.</returns>
    private async Task<List<(long First, long Last, long Earliest, long Latest)>?> RunsAsync(long room, long after, long before, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT number, before, time FROM setback WHERE room = @room ORDER BY number");
        command.Parameters.AddWithValue("room", room);
        var first = Math.Min(after, HistoryBounds.MaxNumber) + 1;
        var runs = new List<(long, long, long, long)>();
        var earliest = long.MinValue;
        await using var setbacks = await command.ExecuteReaderAsync(cancellationToken);
        if (!setbacks.HasRows)
        {
            return null;
        }

        while (await setbacks.ReadAsync(cancellationToken))
        {
            var number = setbacks.GetInt64(0);
            if (number > first && number < before)
            {
                runs.Add((first, number - 1, earliest, setbacks.GetInt64(1)));
                (first, earliest) = (number, setbacks.GetInt64(2));
            }
        }

        var end = Math.Min(before, HistoryBounds.MaxNumber + 1);
        if (first < end)
        {
            runs.Add((first, end - 1, earliest, long.MaxValue));
        }

        return runs;
    }

    private async Task<long> FirstAtAsync(long room, DateTimeOffset time, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT number FROM message WHERE room = @room AND time >= @time ORDER BY time, number LIMIT 1");
        command.Parameters.AddWithValue("room", room);
        command.Parameters.AddWithValue("time", StoredTime.Of(time));
        return await command.ExecuteScalarAsync(cancellationToken) is long first ? first : long.MaxValue;
    }

    private async Task<long> FirstAtAsync(long room, (long First, long Last, long Earliest, long Latest) run, long time, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT first_at(@room, @low, @high, @time)");
        command.Parameters.AddWithValue("room", room);
        command.Parameters.AddWithValue("low", run.First);
        command.Parameters.AddWithValue("high", run.Last);
        command.Parameters.AddWithValue("time", time);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
