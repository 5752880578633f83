using BenchmarkDotNet.Attributes;
using Parley.Core.Delivery;
using Parley.Server.Lines;

namespace Parley.Benchmarks;

/// <summary>Time per entry: encoding into a pooled block, and 1/128 of giving the blocks back.</summary>
[MemoryDiagnoser]
public class RoomLogBenchmarks
{
    /// <summary>About a block full, as many as a busy room has between two flushes.</summary>
    private const int Entries = 128;

    private readonly RoomLog _log = new(new LinesFlavor(TimeProvider.System), lastNumber: 0);

    [Benchmark(OperationsPerInvoke = Entries)]
    public void Append()
    {
        for (var i = 0; i < Entries; i++)
        {
            _log.Append(Chat.Message, audience: null);
        }

        _log.EndWalk(_log.BeginWalk().End.Position);
    }
}
