using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Server.Metrics;
using Parley.Server.Options;

namespace Parley.Server.Lines;

/// <summary>What all sessions of the lines protocol share.</summary>
internal sealed class LinesContext(IBroker broker, NameGenerator names, ParleyOptions options, TimeProvider time, IHistoryStore? store = null, ParleyMetrics? metrics = null)
{
    /// <summary>The room that everybody starts in.</summary>
    public static RoomName Lobby { get; } = RoomName.TryParse("main", out var name) ? name : throw new InvalidOperationException();

    public IBroker Broker { get; } = broker;

    /// <summary>What is known of those who speak this protocol: that they do.</summary>
    public UserProfile Profile { get; } = new() { Ident = "lines" };

    public NameGenerator Names { get; } = names;

    /// <summary>Rooms as they are.</summary>
    public Flavor Plain { get; } = new LinesFlavor(time);

    /// <summary>Rooms with the time before each line.</summary>
    public Flavor Timed { get; } = new LinesFlavor(time, showsTimes: true);

    /// <summary>What was said before; null if the server keeps none.</summary>
    public RoomHistory? History { get; } = store is null ? null : new RoomHistory(store, options, time);

    /// <summary>How many messages are shown to whoever joins.</summary>
    public int Replay { get; } = options.HistoryReplay;

    public int MaxLineBytes { get; } = options.MaxLineBytes;

    public OutboxOptions Outbox { get; } = new() { MaxBytes = options.MaxOutboxBytes, Overflow = options.OverflowPolicy, Traffic = metrics?.For("lines").Traffic };
}
