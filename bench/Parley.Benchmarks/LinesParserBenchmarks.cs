using System.Text;
using BenchmarkDotNet.Attributes;
using Parley.Protocol.Lines;

namespace Parley.Benchmarks;

/// <summary>Time per line.</summary>
[MemoryDiagnoser]
public class LinesParserBenchmarks
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes("Has anybody seen the otter today? It was here a minute ago.");
    private readonly byte[] _command = Encoding.UTF8.GetBytes("/msg Ana Has anybody seen the otter today?");

    [Benchmark]
    public int Text() => LinesParser.Parse(_text).Text.Length;

    [Benchmark]
    public int Command() => LinesParser.Parse(_command).Argument.Length;
}
