using System.Buffers;
using BenchmarkDotNet.Attributes;
using Parley.Protocol.Framing;

namespace Parley.Benchmarks;

/// <summary>Time per line.</summary>
[MemoryDiagnoser]
public class LineFramerBenchmarks
{
    private readonly LineFramer _framer = new(maxLineBytes: 1024);
    private readonly ReadOnlySequence<byte> _line = InputLines.Of(1);
    private readonly ReadOnlySequence<byte> _batch = InputLines.Of(InputLines.BatchLines);

    [Benchmark]
    public long OneLine() => Read(_line);

    [Benchmark(OperationsPerInvoke = InputLines.BatchLines)]
    public long LineOfBatch() => Read(_batch);

    private long Read(ReadOnlySequence<byte> input)
    {
        var bytes = 0L;
        while (_framer.TryRead(ref input, out var line) == FrameResult.Line)
        {
            bytes += line.Length;
        }

        return bytes;
    }
}
