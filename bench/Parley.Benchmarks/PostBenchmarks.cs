using BenchmarkDotNet.Attributes;

namespace Parley.Benchmarks;

/// <summary>Time per message handed to the broker, and 1/128 of a flush to one member.</summary>
[MemoryDiagnoser]
public class PostBenchmarks
{
    private const int Posts = 128;

    private readonly CrowdedRoom _room = new(members: 1);

    [Benchmark(OperationsPerInvoke = Posts)]
    public void Post()
    {
        for (var i = 0; i < Posts; i++)
        {
            _room.Post();
        }

        _room.Room.Flush();
    }
}
