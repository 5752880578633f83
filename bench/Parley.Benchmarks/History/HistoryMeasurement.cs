using System.Diagnostics;
using System.Globalization;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite;

namespace Parley.Benchmarks.History;

/// <summary>
/// Fills a history and asks it: how fast it takes messages, how large it gets, how long a search and a page take. Half of
/// the messages are in one room, the others in 99.
/// </summary>
internal sealed class HistoryMeasurement(string directory, int messages)
{
    private const int Batch = 200;
    private const int Rooms = 100;
    private const int TidyEvery = 20_000;
    private const int Searches = 200;
    private const int Pages = 1_000;

    private static readonly RoomName[] Names = [.. Enumerable.Range(0, Rooms).Select(Name)];

    private readonly ZipfText _text = new(seed: 1);
    private readonly Random _random = new(2);
    private long _textBytes;

    public async Task RunAsync()
    {
        await using (var store = SqliteHistoryStore.Open(directory, new()))
        {
            Fill(store);
        }

        Report("file", $"{SizeInMiB():N0} MiB, of which text {_textBytes / 1024.0 / 1024:N0} MiB");
        await using (var store = SqliteHistoryStore.Open(directory, new()))
        {
            await SearchAsync(store, "two common words (ranks 1-20)", 0, 20, "");
            await SearchAsync(store, "two middling words (ranks 50-500)", 50, 500, "");
            await SearchAsync(store, "two rare words (ranks 5000-50000)", 5_000, 50_000, "");
            await SearchAsync(store, "two beginnings of middling words (ranks 200-2000)", 200, 2_000, "*");
            await TimeAsync("page of 20 in the large room", Pages, async () =>
                await store.ReadAsync(new(Names[0]) { Before = _random.Next(messages / 2) }));
            var end = DateTimeOffset.UnixEpoch.AddSeconds(messages);
            await TimeAsync("page of 20 by time in the large room", Pages, async () =>
                await store.ReadAsync(new(Names[0]) { Until = end - TimeSpan.FromSeconds(_random.Next(messages)) }));
        }
    }

    private void Fill(SqliteHistoryStore store)
    {
        var author = UserName.TryParse("Annabel", out var name) ? name : throw new InvalidOperationException();
        var numbers = new long[Rooms];
        var batch = new HistoryEntry[Batch];
        var appending = TimeSpan.Zero;
        var tidying = TimeSpan.Zero;
        var pieces = new List<double>();
        for (var sent = 0; sent < messages; sent += Batch)
        {
            for (var i = 0; i < Batch; i++)
            {
                var room = i % 2 == 0 ? 0 : _random.Next(1, Rooms);
                var time = DateTimeOffset.UnixEpoch.AddSeconds(sent + i);
                var text = _text.Next();
                _textBytes += text.Length;
                batch[i] = new(Names[room], ++numbers[room], time, author, default, MessageKind.Text, text, "lines@parley");
            }

            var start = Stopwatch.GetTimestamp();
            store.Append(batch);
            appending += Stopwatch.GetElapsedTime(start);
            while ((sent + Batch) % TidyEvery == 0)
            {
                start = Stopwatch.GetTimestamp();
                var more = store.Tidy(default, DateTimeOffset.UnixEpoch);
                var piece = Stopwatch.GetElapsedTime(start);
                pieces.Add(piece.TotalMilliseconds);
                tidying += piece;
                if (!more)
                {
                    break;
                }
            }
        }

        Report($"written, in batches of {Batch}", $"{messages / appending.TotalSeconds:N0} messages/s");
        Report("put in place and indexed", $"{messages / tidying.TotalSeconds:N0} messages/s, a piece {Spread(pieces)}");
    }

    private Task SearchAsync(SqliteHistoryStore store, string name, int firstRank, int endRank, string ending) =>
        TimeAsync(name, Searches, async () =>
        {
            string Word() => _text.Word(_random.Next(firstRank, endRank));
            var word = Word();
            word = ending.Length > 0 ? word[..Math.Min(4, word.Length)] : word;
            await store.SearchAsync(new(Names[_random.Next(2)], $"{word}{ending} {Word()}{ending}"));
        });

    private static async Task TimeAsync(string name, int times, Func<Task> action)
    {
        var taken = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await action();
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Report(name, Spread(taken));
    }

    private double SizeInMiB() =>
        new DirectoryInfo(directory).EnumerateFiles().Sum(file => file.Length) / 1024.0 / 1024.0;

    private static string Spread(List<double> milliseconds)
    {
        milliseconds.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {milliseconds[milliseconds.Count / 2]:F2} ms, p99 {milliseconds[milliseconds.Count * 99 / 100]:F2} ms, max {milliseconds[^1]:F1} ms");
    }

    private static void Report(string what, string value) => Console.WriteLine($"{what,-50} {value}");

    private static RoomName Name(int number) =>
        RoomName.TryParse($"room-{number}", out var name) ? name : throw new InvalidOperationException();
}
