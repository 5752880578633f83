using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Lines;

/// <summary>What all sessions of the lines protocol share.</summary>
internal sealed class LinesContext(IBroker broker, NameGenerator names, ParleyOptions options, TimeProvider time)
{
    /// <summary>The room that everybody starts in.</summary>
    public static RoomName Lobby { get; } = RoomName.TryParse("main", out var name) ? name : throw new InvalidOperationException();

    public IBroker Broker { get; } = broker;

    public NameGenerator Names { get; } = names;

    /// <summary>Rooms as they are.</summary>
    public Flavor Plain { get; } = new LinesFlavor(timesFrom: null);

    /// <summary>Rooms with the time before each line.</summary>
    public Flavor Timed { get; } = new LinesFlavor(time);

    public int MaxLineBytes { get; } = options.MaxLineBytes;

    public OutboxOptions Outbox { get; } = new() { MaxBytes = options.MaxOutboxBytes, Overflow = options.OverflowPolicy };
}
