using BenchmarkDotNet.Attributes;
using Parley.Core.Delivery;
using Parley.Server.Lines;

namespace Parley.Benchmarks;

/// <summary>Time per segment that is queued and sent, as replies and direct messages are.</summary>
[MemoryDiagnoser]
public class OutboxBenchmarks
{
    private const int Segments = 16;

    private readonly Outbox _outbox = new(new LinesFlavor(TimeProvider.System), new OutboxOptions());
    private readonly byte[] _bytes = Chat.Text.ToArray();

    public OutboxBenchmarks() => _outbox.Open(new TakingSink());

    [Benchmark]
    public void AppendAndSend()
    {
        Append();
        _outbox.Send();
    }

    /// <summary>Several at once are copied together for one send.</summary>
    [Benchmark(OperationsPerInvoke = Segments)]
    public void AppendAndSendGathered()
    {
        for (var i = 0; i < Segments; i++)
        {
            Append();
        }

        _outbox.Send();
    }

    private void Append()
    {
        lock (_outbox.Gate)
        {
            _outbox.Append(OutboxSegment.Private(_bytes, messages: 0));
        }
    }
}
