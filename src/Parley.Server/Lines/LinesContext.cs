using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Connections;
using Parley.Server.Metrics;
using Parley.Server.Moderation;
using Parley.Server.Options;

namespace Parley.Server.Lines;

/// <summary>State that all sessions of the lines protocol share.</summary>
internal sealed class LinesContext(
    IBroker broker,
    NameGenerator names,
    ParleyOptions options,
    TimeProvider time,
    ParleyMetrics? metrics = null,
    AccountAccess? accounts = null,
    HostCloak? hosts = null,
    ReportDesk? reports = null,
    AnswerTurns? turns = null)
{
    private readonly HostCloak _hosts = hosts ?? new HostCloak();
    private readonly Flavor _timed = new LinesFlavor(time, showsTimes: true);
    private readonly Flavor _tagged = new LinesFlavor(time, showsTags: true);
    private readonly Flavor _timedAndTagged = new LinesFlavor(time, showsTimes: true, showsTags: true);

    /// <summary>The room that everybody starts in.</summary>
    public static RoomName Lobby { get; } = RoomName.TryParse("main", out var name) ? name : throw new InvalidOperationException();

    public IBroker Broker { get; } = broker;

    public TimeProvider Time { get; } = time;

    /// <summary>Turns at work on long answers.</summary>
    public AnswerTurns Turns { get; } = turns ?? new AnswerTurns(AnswerTurns.AtOnce(Environment.ProcessorCount));

    /// <summary>Where people report; null where nobody takes reports.</summary>
    public ReportDesk? Reports { get; } = reports;

    /// <summary>Accounts; null where there are none.</summary>
    public AccountAccess? Accounts { get; } = accounts;

    /// <summary>Returns the profile of a user of this protocol: the protocol's name, and in place of the address its cloak.</summary>
    public UserProfile ProfileOf(ClientPeer peer) => new() { Ident = "lines", Host = _hosts.Of(peer.Address) };

    public NameGenerator Names { get; } = names;

    /// <summary>Rooms as they are.</summary>
    public Flavor Plain { get; } = new LinesFlavor(time);

    /// <summary>Rooms with the time or the tags before each line.</summary>
    public Flavor FlavorOf(bool hasTimes, bool hasTags) => (hasTimes, hasTags) switch
    {
        (true, true) => _timedAndTagged,
        (true, false) => _timed,
        (false, true) => _tagged,
        _ => Plain,
    };

    /// <summary>History of messages; null if the server keeps none.</summary>
    public RoomHistory? History { get; } = broker.KeepsHistory ? new RoomHistory(options, time) : null;

    /// <summary>Number of messages that are shown to whoever joins.</summary>
    public int Replay => options.HistoryReplay;

    public int MaxLineBytes { get; } = options.MaxLineBytes;

    public OutboxOptions Outbox { get; } = new() { MaxBytes = options.MaxOutboxBytes, Overflow = options.OverflowPolicy, Traffic = metrics?.For("lines").Traffic };
}
