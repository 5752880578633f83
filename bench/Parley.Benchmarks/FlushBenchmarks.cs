using BenchmarkDotNet.Attributes;

namespace Parley.Benchmarks;

/// <summary>
/// Time per delivery, that is per message and member. What is pending has to be posted first, so 1/<see cref="Members"/>
/// of what <see cref="PostBenchmarks"/> measures is in it.
/// </summary>
[MemoryDiagnoser]
public class FlushBenchmarks
{
    /// <summary>A multiple of all products of the parameters, so that each case comes to the same number.</summary>
    private const int Deliveries = 80_000;

    private CrowdedRoom _room = null!;
    private int _rounds;

    [Params(10, 100, 1000)]
    public int Members { get; set; }

    [Params(1, 80)]
    public int Pending { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _room = new CrowdedRoom(Members);
        _rounds = Deliveries / (Members * Pending);
    }

    [Benchmark(OperationsPerInvoke = Deliveries)]
    public void Flush()
    {
        for (var round = 0; round < _rounds; round++)
        {
            for (var i = 0; i < Pending; i++)
            {
                _room.Post();
            }

            _room.Room.Flush();
        }
    }
}
