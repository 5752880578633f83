using System.Buffers;
using BenchmarkDotNet.Attributes;
using Parley.Protocol.Lines;
using Parley.Server.Lines;

namespace Parley.Benchmarks;

/// <summary>Time per message put into bytes, which happens once per flavor and not per member.</summary>
[MemoryDiagnoser]
public class LinesEncodingBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private readonly LinesFlavor _plain = new(TimeProvider.System);
    private readonly LinesFlavor _withTimes = new(TimeProvider.System, showsTimes: true);

    [Benchmark]
    public int Writer()
    {
        _output.ResetWrittenCount();
        LinesWriter.Message(_output, Chat.AuthorName, Chat.Text.Span);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int Flavor() => Encode(_plain);

    [Benchmark]
    public int FlavorWithTimes() => Encode(_withTimes);

    private int Encode(LinesFlavor flavor)
    {
        _output.ResetWrittenCount();
        flavor.Encode(Chat.Message, _output);
        return _output.WrittenCount;
    }
}
