using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Sasl;
using Parley.Server.Connections;
using Parley.Server.Files;
using Parley.Server.Irc.AuthTokens;
using Parley.Server.Irc.Files;
using Parley.Server.Irc.Marks;
using Parley.Server.Irc.Wire;
using Parley.Server.Metrics;
using Parley.Server.Nodes;
using Parley.Server.Moderation;
using Parley.Server.Options;
using Parley.Server.Push;

namespace Parley.Server.Irc.Sessions;

/// <summary>State that all IRC sessions share.</summary>
internal sealed class IrcContext : IDisposable
{
    private readonly ConcurrentDictionary<(IrcCapabilities Capabilities, LineFraming? Framing), IrcFlavor> _flavors = new();
    private readonly ConcurrentDictionary<IrcCapabilities, IrcEvents> _events = new();
    private readonly ConcurrentDictionary<string, OutboxOptions> _outboxes = new(StringComparer.Ordinal);
    private readonly ParleyMetrics? _metrics;
    private readonly IrcIdleSweep _sweep;
    private readonly IServerNodes? _nodes;

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
        AccountAccess access,
        HostCloak hosts,
        ServerBans bans,
        BanDesk banDesk,
        AuditLog audit,
        ReportDesk reports,
        InvitationDesk invitations,
        ParleyMetrics? metrics = null,
        ShutdownSequence? shutdown = null,
        FileHost? fileHost = null,
        AnswerTurns? turns = null,
        PushDesk? push = null,
        PushIntake? pushIntake = null,
        IServerNodes? nodes = null)
    {
        _nodes = nodes;
        Turns = turns ?? new AnswerTurns(AnswerTurns.AtOnce(Environment.ProcessorCount), shutdown?.Ending ?? default);
        (Push, PushIntake) = (push, pushIntake);
        FileHost = fileHost;
        Stopping = shutdown?.Stopping ?? default;
        Tokens = new TokenDesk(time);
        Logger = logger;
        _metrics = metrics;
        (Broker, Options, Time) = (broker, options, time);
        (Accounts, LoginAttempts, Sasl, Gateways) = (accounts, loginAttempts, sasl, gateways);
        Access = access;
        Hosts = hosts;
        (Bans, BanDesk, Audit, Reports, Invitations) = (bans, banDesk, audit, reports, invitations);
        reports.WhenReported = TellOperators;
        ReadMarkers = new ReadMarkers(accounts.Store);
        SentMarks = new SentMarks(accounts.Store, time);
        MaxValues = limits.MaxValues;
        ClientTags = new IrcTagPolicy(options.ClientTagDeny);
        Started = time.GetUtcNow();
        Availability = new IrcAvailability();
        AccountWatch = new IrcAccountWatch(Availability, accounts.Store, time);
        Files = IrcFiles.Read(options);
        _sweep = new IrcIdleSweep(Clients, options, time);
    }

    public IBroker Broker { get; }

    /// <summary>The nodes of the cluster; none where the server is alone.</summary>
    public IReadOnlyList<ServerNode> Nodes => _nodes?.Nodes ?? [];

    public AccountService Accounts { get; }

    public LoginAttempts LoginAttempts { get; }

    /// <summary>Names that belong to accounts, and log-in by typing.</summary>
    public AccountAccess Access { get; }

    /// <summary>The bans from the server.</summary>
    public ServerBans Bans { get; }

    /// <summary>Where operators ban people from the server.</summary>
    public BanDesk BanDesk { get; }

    /// <summary>Where operators invite people.</summary>
    public InvitationDesk Invitations { get; }

    /// <summary>Where people report to the moderators.</summary>
    public ReportDesk Reports { get; }

    /// <summary>The record of decisions.</summary>
    public AuditLog Audit { get; }

    public SaslMechanisms Sasl { get; }

    /// <summary>Turns at work on long answers.</summary>
    public AnswerTurns Turns { get; }

    /// <summary>The web gateways that may say for whom they connect.</summary>
    public WebIrcGateways Gateways { get; }

    public ParleyOptions Options { get; }

    /// <summary>Name of the server in the lines it sends.</summary>
    public string ServerName => Options.ServerName;

    public TimeProvider Time { get; }

    /// <summary>Cancelled when the server begins to stop: nobody waits for a reader any more, and long answers end.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>When the server came up, UTC.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>Pseudonyms that are shown in place of clients' addresses.</summary>
    public HostCloak Hosts { get; }

    /// <summary>Positions up to which users have read.</summary>
    public ReadMarkers ReadMarkers { get; }

    /// <summary>Issues and checks what proves to services outside of the server who somebody is.</summary>
    public TokenDesk Tokens { get; }

    /// <summary>Where files are uploaded; null if the server takes none.</summary>
    public FileHost? FileHost { get; }

    /// <summary>Where clients subscribe to web push; null if there is none.</summary>
    public PushDesk? Push { get; }

    /// <summary>Is told where people were; null if there is no web push.</summary>
    public PushIntake? PushIntake { get; }

    /// <summary>Record of how much of rooms' history people were sent.</summary>
    public SentMarks SentMarks { get; }

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

    /// <summary>Contents of the files that IRC reads, as they were read last.</summary>
    public IrcFiles Files
    {
        get;
        set
        {
            var before = field;
            field = value;
            WhenFilesChanged?.Invoke(before, value);
        }
    }

    /// <summary>Receiver of the files before and after they were read again.</summary>
    public Action<IrcFiles, IrcFiles>? WhenFilesChanged { get; set; }

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

    /// <summary>The flavor that all clients share that agree in the capabilities that change its bytes, and in their framing.</summary>
    public IrcFlavor FlavorOf(IrcCapabilities capabilities, LineFraming? framing = null)
        => _flavors.GetOrAdd((capabilities & IrcCapabilities.Shared, framing), shared => new IrcFlavor(EventsOf(shared.Capabilities), shared.Framing));

    /// <summary>Returns the writer of events for clients with these capabilities.</summary>
    public IrcEvents EventsOf(IrcCapabilities capabilities)
        => _events.GetOrAdd(capabilities & IrcCapabilities.Shared, shared => new IrcEvents(shared, ServerName, Options.IrcPlainLines));

    private void TellOperators(string text)
    {
        foreach (var client in Clients.All())
        {
            if (client.Session.User?.Profile.May(ServerRights.Audit) == true)
            {
                client.Push($":{ServerName} NOTICE {client.Nick} :{text}");
            }
        }
    }

    public void Dispose()
    {
        _sweep.Dispose();
        AccountWatch.Dispose();
        ReadMarkers.Dispose();
        SentMarks.Dispose();
    }
}
