using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Ports;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Sasl;
using Parley.Server.Connections;
using Parley.Server.Irc.History;
using Parley.Server.Metrics;
using Parley.Server.Options;

namespace Parley.Server.Irc;

/// <summary>What all sessions of IRC share.</summary>
internal sealed class IrcContext : IDisposable
{
    private readonly ConcurrentDictionary<IrcCapabilities, IrcFlavor> _flavors = new();
    private readonly ConcurrentDictionary<IrcCapabilities, IrcEvents> _events = new();
    private readonly ConcurrentDictionary<string, OutboxOptions> _outboxes = new(StringComparer.Ordinal);
    private readonly ParleyMetrics? _metrics;
    private readonly IrcIdleSweep _sweep;

    /// <exception cref="SettingsException">A file that the settings name cannot be read.</exception>
    public IrcContext(
        IBroker broker,
        BrokerOptions limits,
        AccountService accounts,
        LoginAttempts loginAttempts,
        SaslMechanisms sasl,
        WebIrcGateways gateways,
        ParleyOptions options,
        TimeProvider time,
        ILogger<IrcContext> logger,
        IHistoryStore? history = null,
        ParleyMetrics? metrics = null)
    {
        Logger = logger;
        _metrics = metrics;
        (Broker, Options, Time, History) = (broker, options, time, history);
        (Accounts, LoginAttempts, Sasl, Gateways) = (accounts, loginAttempts, sasl, gateways);
        ReadMarkers = new ReadMarkers(accounts.Store);
        MaxValues = limits.MaxValues;
        ClientTags = new IrcTagPolicy(options.ClientTagDeny);
        Started = time.GetUtcNow();
        Availability = new IrcAvailability(Clients);
        AccountWatch = new IrcAccountWatch(Availability, accounts.Store, time);
        Files = IrcFiles.Read(options);
        _sweep = new IrcIdleSweep(Clients, options, time);
    }

    public IBroker Broker { get; }

    public AccountService Accounts { get; }

    public LoginAttempts LoginAttempts { get; }

    public SaslMechanisms Sasl { get; }

    /// <summary>The web gateways that may say for whom they connect.</summary>
    public WebIrcGateways Gateways { get; }

    public ParleyOptions Options { get; }

    /// <summary>What the server calls itself in the lines it sends.</summary>
    public string ServerName => Options.ServerName;

    public TimeProvider Time { get; }

    /// <summary>What was said before; null if the server keeps none.</summary>
    public IHistoryStore? History { get; }

    /// <summary>When the server came up, UTC.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>What is shown of clients' addresses.</summary>
    public HostCloak Hosts { get; } = new();

    /// <summary>How far users have read.</summary>
    public ReadMarkers ReadMarkers { get; }

    /// <summary>Keys under which a user, or a room, may have values.</summary>
    public int MaxValues { get; }

    /// <summary>Which tags of clients are passed on to others.</summary>
    public IrcTagPolicy ClientTags { get; }

    public ILogger Logger { get; }

    /// <summary>The clients there are.</summary>
    public IrcClientDirectory Clients { get; } = new();

    /// <summary>Which capabilities cannot be given at the moment.</summary>
    public IrcAvailability Availability { get; }

    /// <summary>Is to be told when accounts could not be looked up.</summary>
    public IrcAccountWatch AccountWatch { get; }

    /// <summary>What was read from files, as it was read last.</summary>
    public IrcFiles Files { get; set; }

    /// <summary>The outboxes of clients that came by one listener, or over WebSocket, as <see cref="ParleyMetrics.For"/> has it.</summary>
    public OutboxOptions OutboxOf(string listener) => _outboxes.GetOrAdd(
        listener,
        static (name, its) => new OutboxOptions
        {
            MaxBytes = its.Options.MaxOutboxBytes,
            Overflow = its.Options.OverflowPolicy,
            Traffic = its._metrics?.For(name).Traffic,
        },
        this);

    /// <summary>The flavor that all clients share that agree in the capabilities that change its bytes.</summary>
    public IrcFlavor FlavorOf(IrcCapabilities capabilities)
        => _flavors.GetOrAdd(capabilities & IrcCapabilities.Shared, shared => new IrcFlavor(shared, ServerName));

    /// <summary>How events are written for clients with these capabilities.</summary>
    public IrcEvents EventsOf(IrcCapabilities capabilities)
        => _events.GetOrAdd(capabilities & IrcCapabilities.Shared, shared => new IrcEvents(shared, ServerName));

    public void Dispose()
    {
        _sweep.Dispose();
        AccountWatch.Dispose();
        ReadMarkers.Dispose();
    }
}
