using BenchmarkDotNet.Attributes;

namespace Parley.Benchmarks;

/// <summary>Time per message, from the broker through the scheduled flush into every member's sink.</summary>
[MemoryDiagnoser]
public class CycleBenchmarks
{
    private CrowdedRoom _room = null!;

    [Params(2, 10, 100)]
    public int Members { get; set; }

    [GlobalSetup]
    public void Fill() => _room = new CrowdedRoom(Members);

    [Benchmark]
    public void OneMessage()
    {
        _room.Post();
        _room.RunFlushes();
    }
}
