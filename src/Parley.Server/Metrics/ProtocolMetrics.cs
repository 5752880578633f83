using System.Diagnostics.Metrics;
using Parley.Core.Delivery;

namespace Parley.Server.Metrics;

/// <summary>Metrics of the connections and sessions of one protocol.</summary>
internal sealed class ProtocolMetrics : ITrafficMonitor
{
    private readonly Histogram<double> _latency;
    private readonly Histogram<int> _sendSize;
    private readonly MessageTraces _traces;
    private long _connections;
    private long _opened;

    public ProtocolMetrics(string name, Histogram<double> latency, Histogram<int> sendSize, MessageTraces traces)
    {
        (_latency, _sendSize, _traces) = (latency, sendSize, traces);
        Tag = new("protocol", name);
        Traffic = new Traffic(this);
    }

    /// <summary>The label of its measurements.</summary>
    public KeyValuePair<string, object?> Tag { get; }

    /// <summary>Counters that the protocol's sessions share.</summary>
    public Traffic Traffic { get; }

    /// <summary>Connections that are open.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Connections that there were.</summary>
    public long Opened => Interlocked.Read(ref _opened);

    public void ConnectionOpened()
    {
        Interlocked.Increment(ref _connections);
        Interlocked.Increment(ref _opened);
    }

    public void ConnectionClosed() => Interlocked.Decrement(ref _connections);

    public DeliverySample? Accepted(bool isSample)
    {
        var isTraced = _traces.IsNext();
        return isTraced || (isSample && _latency.Enabled) ? new MessageSample(_latency, Tag, isTraced ? _traces : null) : null;
    }

    public void Sent(int bytes) => _sendSize.Record(bytes, Tag);
}
