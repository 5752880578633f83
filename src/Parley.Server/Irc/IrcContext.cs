using System.Collections.Concurrent;
using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Ports;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Sasl;
using Parley.Server.Connections;
using Parley.Server.Metrics;
using Parley.Server.Options;

namespace Parley.Server.Irc;

/// <summary>What all sessions of IRC share.</summary>
internal sealed class IrcContext(
    IBroker broker,
    AccountService accounts,
    LoginAttempts loginAttempts,
    SaslMechanisms sasl,
    WebIrcGateways gateways,
    ParleyOptions options,
    TimeProvider time,
    IHistoryStore? history = null,
    ParleyMetrics? metrics = null)
{
    /// <summary>What the server calls itself in the lines it sends.</summary>
    public const string ServerName = "parley";

    private readonly ConcurrentDictionary<IrcCapabilities, IrcFlavor> _flavors = new();
    private readonly ConcurrentDictionary<IrcCapabilities, IrcEvents> _events = new();

    public IBroker Broker { get; } = broker;

    public AccountService Accounts { get; } = accounts;

    public LoginAttempts LoginAttempts { get; } = loginAttempts;

    public SaslMechanisms Sasl { get; } = sasl;

    /// <summary>The web gateways that may say for whom they connect.</summary>
    public WebIrcGateways Gateways { get; } = gateways;

    public ParleyOptions Options { get; } = options;

    public TimeProvider Time { get; } = time;

    /// <summary>What was said before; null if the server keeps none.</summary>
    public IHistoryStore? History { get; } = history;

    /// <summary>When the server came up, UTC.</summary>
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>What is shown of clients' addresses.</summary>
    public HostCloak Hosts { get; } = new();

    public OutboxOptions Outbox { get; } = new() { MaxBytes = options.MaxOutboxBytes, Overflow = options.OverflowPolicy, Traffic = metrics?.For("irc").Traffic };

    /// <summary>The flavor that all clients share that agree in the capabilities that change its bytes.</summary>
    public IrcFlavor FlavorOf(IrcCapabilities capabilities)
        => _flavors.GetOrAdd(capabilities & IrcCapabilities.Shared, static shared => new IrcFlavor(shared));

    /// <summary>How events are written for clients with these capabilities.</summary>
    public IrcEvents EventsOf(IrcCapabilities capabilities)
        => _events.GetOrAdd(capabilities & IrcCapabilities.Shared, static shared => new IrcEvents(shared));
}
