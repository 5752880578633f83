using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Parley.Core.Broker;
using Parley.Server.Nodes;

namespace Parley.Server.Metrics;

/// <summary>The server's own instruments but for history's. What is counted all the time is observed only when somebody asks.</summary>
internal sealed class ParleyMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Parley";

    private readonly ConcurrentDictionary<string, ProtocolMetrics> _protocols = new(StringComparer.Ordinal);
    private readonly IBrokerCensus _broker;
    private readonly MessageTraces _traces;
    private readonly Histogram<double> _latency;
    private readonly Histogram<int> _sendSize;

    public ParleyMetrics(IMeterFactory meters, IBrokerCensus broker, MessageTraces traces, IServerNodes? nodes = null)
    {
        _broker = broker;
        _traces = traces;
        var meter = meters.Create(MeterName);
        _latency = meter.CreateHistogram(
            "parley.message.latency",
            "s",
            "Time from a message's acceptance until the sockets of all who read it were written to, of a sample",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets.Seconds });
        _sendSize = meter.CreateHistogram(
            "parley.send.size",
            "By",
            "Bytes in one send, of a sample",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = Buckets.Bytes });
        ObserveProtocols(meter);
        ObserveCensus(meter);
        if (nodes is not null)
        {
            ObserveNodes(meter, nodes);
        }
    }

    /// <summary>Returns the metrics of a protocol, known by the name of its listener's setting, <c>websocket</c>, or <c>post</c> for what programs say.</summary>
    public ProtocolMetrics For(string protocol)
        => _protocols.GetOrAdd(protocol, static (name, its) => new ProtocolMetrics(name, its._latency, its._sendSize, its._traces), this);

    private void ObserveProtocols(Meter meter)
    {
        meter.CreateObservableUpDownCounter("parley.connections", () => Of(its => its.Connections), "{connection}", "Connections that are open");
        meter.CreateObservableCounter("parley.connections.opened", () => Of(its => its.Opened), "{connection}", "Connections that were let in or refused");
        meter.CreateObservableCounter("parley.messages.received", () => Of(its => its.Traffic.MessagesIn), "{message}", "Messages that were accepted");
        meter.CreateObservableCounter(
            "parley.messages.sent", () => Of(its => its.Traffic.MessagesOut), "{message}", "Messages and events that were given to a session's outbox, once for each session");
        meter.CreateObservableCounter("parley.sent", () => Of(its => its.Traffic.BytesOut), "By", "Bytes that were sent");
        meter.CreateObservableCounter("parley.sends", () => Of(its => its.Traffic.Sends), "{send}", "Sends, of which each brings all that waits for a session, or a part of it");
        meter.CreateObservableCounter("parley.outbox.overflows", () => Of(its => its.Traffic.Overflows), "{overflow}", "Times that a reader fell behind so far that its outbox was full");
        meter.CreateObservableCounter("parley.outbox.missed", () => Of(its => its.Traffic.Missed), "{message}", "Messages and events that a full outbox let go");
    }

    private void ObserveCensus(Meter meter)
    {
        meter.CreateObservableUpDownCounter("parley.users", () => _broker.Census().Users, "{user}", "Users who are signed in");
        meter.CreateObservableUpDownCounter("parley.sessions", () => _broker.Census().Sessions, "{session}", "Sessions of users who are signed in");
        meter.CreateObservableUpDownCounter("parley.rooms", () => _broker.Census().Rooms, "{room}", "Rooms that have members");
        meter.CreateObservableUpDownCounter("parley.outbox.waiting", () => _broker.Census().WaitingBytes, "By", "Bytes that wait for readers");
    }

    private static void ObserveNodes(Meter meter, IServerNodes nodes)
    {
        meter.CreateObservableUpDownCounter("parley.cluster.nodes", () => nodes.Nodes.Count, "{node}", "Nodes of the cluster that take part, as this one sees them");
        meter.CreateObservableUpDownCounter("parley.cluster.late", () => nodes.Nodes.Count(node => node.State == "late"), "{node}", "Nodes whose sign of life is overdue");
        meter.CreateObservableUpDownCounter("parley.cluster.home", () => nodes.Nodes.Count(node => node is { IsHome: true, IsSelf: true }), "{node}", "1 at the node that decides for all, 0 at the others");
    }

    private IEnumerable<Measurement<long>> Of(Func<ProtocolMetrics, long> value)
        => _protocols.Values.Select(its => new Measurement<long>(value(its), its.Tag));
}
