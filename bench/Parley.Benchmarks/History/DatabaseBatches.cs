using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.PostgreSql;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Benchmarks.History;

/// <summary>Batches of history into PostgreSQL by both ways there are, by size: arrays that are unnested, as the store does, and binary COPY. It takes less than a minute.</summary>
/// <param name="address">An empty database.</param>
internal sealed class DatabaseBatches(DatabaseAddress address)
{
    private const int Rooms = 10;
    private const int Rounds = 3;

    private static readonly int[] Sizes = [25, 100, 300, 5_000];
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ZipfText _text = new(seed: 1);
    private readonly UserName _author = UserName.TryParse("Ann", out var name) ? name : default;
    private readonly RoomName[] _rooms = [.. Enumerable.Range(0, Rooms).Select(i => RoomName.TryParse($"room{i}", out var room) ? room : default)];
    private long _number;

    /// <summary>Measures, the two in turns, and prints a table.</summary>
    public async Task RunAsync()
    {
        await using var store = PostgreSqlHistoryStore.Open(address);
        store.Append(Next(Rooms));
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        await using (var select = new NpgsqlCommand("SELECT key, id FROM room", connection))
        {
            await using var rows = await select.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                ids[rows.GetString(0)] = rows.GetInt64(1);
            }
        }

        Console.WriteLine("| rows a batch | unnest, rows/s | CPU a row | binary COPY, rows/s | CPU a row |\n|---|---|---|---|---|");
        foreach (var size in Sizes)
        {
            store.Append(Next(size));
            await CopyAsync(connection, Next(size), ids);
            var (unnest, copy) = (new List<(double Rate, double Cpu)>(), new List<(double Rate, double Cpu)>());
            for (var round = 0; round < Rounds; round++)
            {
                unnest.Add(await MeasureAsync(connection, size, batch =>
                {
                    store.Append(batch);
                    return Task.CompletedTask;
                }));
                copy.Add(await MeasureAsync(connection, size, batch => CopyAsync(connection, batch, ids)));
            }

            Console.WriteLine($"| {size} | {Shown(unnest)} | {Shown(copy)} |");
        }
    }

    private static string Shown(List<(double Rate, double Cpu)> rounds)
        => $"{Median(rounds.Select(round => round.Rate)):N0} ({rounds.Min(round => round.Rate):N0} - {rounds.Max(round => round.Rate):N0}) | {Median(rounds.Select(round => round.Cpu)):N0} µs";

    private static double Median(IEnumerable<double> figures) => figures.Order().ElementAt(Rounds / 2);

    /// <summary>Time on a processor, of this process and of the database's for it: other programs of a busy machine do not add to it.</summary>
    private static async Task<TimeSpan> CpuAsync(NpgsqlConnection connection)
    {
        var sum = Process.GetCurrentProcess().TotalProcessorTime;
        await using var backends = new NpgsqlCommand("SELECT pid FROM pg_stat_activity WHERE datname = current_database()", connection);
        await using var rows = await backends.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            using var backend = Process.GetProcessById(rows.GetInt32(0));
            sum += backend.TotalProcessorTime;
        }

        return sum;
    }

    private async Task<(double Rate, double Cpu)> MeasureAsync(NpgsqlConnection connection, int size, Func<HistoryEntry[], Task> write)
    {
        long rows = 0;
        var spent = TimeSpan.Zero;
        var cpu = await CpuAsync(connection);
        while (spent < Round)
        {
            var batch = Next(size);
            var started = Stopwatch.GetTimestamp();
            await write(batch);
            spent += Stopwatch.GetElapsedTime(started);
            rows += size;
        }

        return (rows / spent.TotalSeconds, (await CpuAsync(connection) - cpu).TotalMicroseconds / rows);
    }

    private HistoryEntry[] Next(int size) =>
    [
        .. Enumerable.Range(0, size).Select(i => new HistoryEntry(
            _rooms[i % Rooms], ++_number, Start.AddTicks(_number), _author, default, MessageKind.Text, _text.Next(), "~ann@host",
            AuthorId: Parley.Core.Accounts.Identity.Restore(7))),
    ];

    /// <summary>The same transaction as the store's, with COPY in the place of INSERT.</summary>
    private static async Task CopyAsync(NpgsqlConnection connection, HistoryEntry[] batch, Dictionary<string, long> ids)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var bounds = batch.GroupBy(entry => ids[entry.Room.Key]).Select(room => (Room: room.Key, First: room.Min(entry => entry.Number), Last: room.Max(entry => entry.Number))).ToArray();
        await using (var save = new NpgsqlCommand(
            """
            UPDATE room SET last_number = v.last FROM unnest(@rooms, @firsts, @lasts) AS v (room, first, last)
            WHERE room.id = v.room AND room.last_number < v.first
            """,
            connection))
        {
            save.Parameters.AddWithValue("rooms", bounds.Select(bound => bound.Room).ToArray());
            save.Parameters.AddWithValue("firsts", bounds.Select(bound => bound.First).ToArray());
            save.Parameters.AddWithValue("lasts", bounds.Select(bound => bound.Last).ToArray());
            if (await save.ExecuteNonQueryAsync() != bounds.Length)
            {
                throw new InvalidOperationException("A number does not follow on the last one of its room");
            }
        }

        await using (var time = new NpgsqlCommand("UPDATE progress SET last_time = greatest(last_time, @time)", connection))
        {
            time.Parameters.AddWithValue("time", batch.Max(entry => StoredTime.Of(entry.Time)));
            await time.ExecuteNonQueryAsync();
        }

        // Asynchronous: Npgsql 10.0.3 does not write a long tsvector otherwise.
        await using (var copy = await connection.BeginBinaryImportAsync("COPY message (room, number, time, author, author_key, kind, text, origin, author_id, terms) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var entry in batch)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(ids[entry.Room.Key], NpgsqlDbType.Bigint);
                await copy.WriteAsync(entry.Number, NpgsqlDbType.Bigint);
                await copy.WriteAsync(StoredTime.Of(entry.Time), NpgsqlDbType.Bigint);
                await copy.WriteAsync(entry.Author.Value, NpgsqlDbType.Text);
                await copy.WriteAsync(entry.Author.Key, NpgsqlDbType.Text);
                await copy.WriteAsync((short)entry.Kind, NpgsqlDbType.Smallint);
                await copy.WriteAsync(entry.Text.ToArray(), NpgsqlDbType.Bytea);
                await copy.WriteAsync(entry.Origin!, NpgsqlDbType.Text);
                await copy.WriteAsync(entry.AuthorId.Value, NpgsqlDbType.Bigint);
#pragma warning disable CS0618 // It does not read all that the database does, but words of letters it does.
                await copy.WriteAsync(NpgsqlTsVector.Parse(Lexemes.Of(entry)!), NpgsqlDbType.TsVector);
#pragma warning restore CS0618
            }

            await copy.CompleteAsync();
        }

        await transaction.CommitAsync();
    }
}
