using Parley.Core.Delivery;
using Parley.Core.History;
using Parley.Server.Accounts;

namespace Parley.Server.Options;

/// <summary>Everything about a Parley server that can be set; safe as it stands.</summary>
public sealed class ParleyOptions
{
    private const string NoFile = "none";

    /// <summary>Where the lines protocol is spoken; 127.0.0.1:42069 unless set.</summary>
    [Setting("listen here for the lines protocol")]
    public ListenAddress Lines { get; set; } = ListenAddress.Loopback(42069);

    /// <summary>Where the addressed protocol is spoken; 127.0.0.1:42070 unless set.</summary>
    [Setting("listen here for the addressed protocol")]
    public ListenAddress Addressed { get; set; } = ListenAddress.Loopback(42070);

    /// <summary>Where IRC is spoken; 127.0.0.1:6667 unless set.</summary>
    [Setting("listen here for IRC")]
    public ListenAddress Irc { get; set; } = ListenAddress.Loopback(6667);

    /// <summary>Where IRC over TLS is spoken, if there is a certificate; 127.0.0.1:6697 unless set.</summary>
    [Setting("listen here for IRC over TLS, if there is a certificate")]
    public ListenAddress Ircs { get; set; } = ListenAddress.Loopback(6697);

    /// <summary>Where HTTP is served (IRC over WebSocket, messages to rooms, health, metrics, the status page); 127.0.0.1:8080 unless set.</summary>
    [Setting("listen here for HTTP: the web page, /irc, /rooms/ROOM/messages, /health/live, /health/ready, /metrics and /status")]
    public ListenAddress Http { get; set; } = ListenAddress.Loopback(8080);

    /// <summary>Origins whose pages may connect over WebSocket, beside the server's own; none unless set, <c>*</c> for all.</summary>
    [Setting("pages that may connect over WebSocket beside the server's own; *: all", Placeholder = "ORIGIN,...")]
    public string WebOrigins { get; set; } = "";

    /// <summary>Whether WebSocket messages are compressed for clients that can; no unless set, as a connection then holds some 300 KB more.</summary>
    [Setting("compress WebSocket messages (some 300 KB more a connection)")]
    public bool WebCompression { get; set; }

    /// <summary>Where status lines are collected; nowhere unless set.</summary>
    [Setting("listen here for status lines, which go to a room; needs --collect-room")]
    public ListenAddress Collect { get; set; } = ListenAddress.Off;

    /// <summary>The room that collected lines go to; must be set to collect.</summary>
    [Setting("the room that status lines go to", Placeholder = "ROOM")]
    public string CollectRoom { get; set; } = "";

    /// <summary>The user in whose name collected lines are said; "collector" unless set.</summary>
    [Setting("the name under which status lines are said", Placeholder = "NAME")]
    public string CollectName { get; set; } = "collector";

    /// <summary>The file with the server's certificate and those that vouch for it, in PEM; "none" unless set.</summary>
    [Setting("the server's certificate for TLS, followed by those that vouch for it; none: no TLS", Placeholder = "FILE|none")]
    public string TlsCertificate { get; set; } = NoFile;

    /// <summary>The file with the private key of <see cref="TlsCertificate"/>, in PEM; "none" unless set.</summary>
    [Setting("the private key of the certificate", Placeholder = "FILE|none")]
    public string TlsKey { get; set; } = NoFile;

    /// <summary>Days for which IRC clients are told to come over TLS only; 0, unless set, for not at all.</summary>
    [Setting("days for which IRC clients are told to come over TLS only (STS); 0: they are not", Max = 3650)]
    public int StsDays { get; set; }

    /// <summary>The proxies that say in a PROXY header for whom they connect; none unless set.</summary>
    [Setting("proxies that say in a PROXY header (version 1 or 2) for whom they connect", Placeholder = "NETWORK,...|none")]
    public NetworkList ProxyFrom { get; set; } = NetworkList.None;

    /// <summary>The proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed over HTTP; none unless set.</summary>
    [Setting("proxies that say over HTTP, in X-Forwarded-For and X-Forwarded-Proto, for whom they ask", Placeholder = "NETWORK,...|none")]
    public NetworkList HttpProxyFrom { get; set; } = NetworkList.None;

    /// <summary>The file with the web gateways that may say by WEBIRC for whom they connect; "none" unless set.</summary>
    [Setting("web gateways that say by WEBIRC for whom they connect: lines of NETWORK,... PASSWORD", Placeholder = "FILE|none")]
    public string Webirc { get; set; } = NoFile;

    /// <summary>The directory that history and accounts are kept in; "none": in memory only, "default", unless set: where the system has such things.</summary>
    [Setting("keep history and accounts in this directory; none: in memory only; default: where this system keeps such data", Placeholder = "DIR|none|default")]
    public string Data { get; set; } = "default";

    /// <summary>Whether what is said is kept, to be shown later; yes unless set.</summary>
    [Setting("keep what is said, to be shown later")]
    public bool History { get; set; } = true;

    /// <summary>Whether what happens in rooms is kept beside what is said; yes unless set.</summary>
    [Setting("keep who comes and goes, topics and modes, too, for IRC clients that ask for it")]
    public bool HistoryEvents { get; set; } = true;

    /// <summary>How long authors may take back what they said; a day unless set, 0 for ever.</summary>
    [Setting("time in which authors may take back what they said (operators may at any time); 0: any time")]
    public TimeSpan RedactTime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Messages that are shown to whoever joins a room; 20 unless set.</summary>
    [Setting("messages that are shown to whoever joins a room", Max = 1000)]
    public int HistoryReplay { get; set; } = 20;

    /// <summary>Messages in one answer from history; 100 unless set.</summary>
    [Setting("messages in one answer from history", Min = 1, Max = 1000)]
    public int HistoryPage { get; set; } = 100;

    /// <summary>Days that messages are kept; 30 unless set, 0 for ever.</summary>
    [Setting("days that messages are kept; 0: for ever", Max = 36500)]
    public int HistoryDays { get; set; } = 30;

    /// <summary>Messages of a room that are kept; 100 000 unless set, 0 for any number.</summary>
    [Setting("messages of a room that are kept; 0: any number")]
    public int HistoryMessages { get; set; } = 100_000;

    /// <summary>Megabytes that history may take up on disk; 0, unless set, for any number.</summary>
    [Setting("megabytes that history may take up on disk; 0: any number")]
    public int HistoryMegabytes { get; set; }

    /// <summary>What becomes of messages while they cannot be kept.</summary>
    [Setting("what becomes of messages while they cannot be kept")]
    public HistoryFailurePolicy HistoryFailure { get; set; } = HistoryFailurePolicy.Deliver;

    /// <summary>Connections at a time; 0, unless set, is what the descriptor limit allows, less a reserve.</summary>
    [Setting("connections at a time; 0: what the descriptor limit allows, less a reserve")]
    public int MaxConnections { get; set; }

    /// <summary>Connections at a time from one address (IPv4 /32, IPv6 /64); 16 unless set.</summary>
    [Setting("connections at a time from one address (IPv4) or /64 (IPv6)", Min = 1)]
    public int MaxConnectionsPerAddress { get; set; } = 16;

    /// <summary>New connections in ten minutes from one address (IPv4 /32, IPv6 /64); 32 unless set.</summary>
    [Setting("new connections in 10 minutes from one address or /64", Min = 1)]
    public int MaxNewConnectionsPerAddress { get; set; } = 32;

    /// <summary>Whether this machine's own addresses are free of the limits per address and of the command rate; yes unless set.</summary>
    [Setting("no limits per address and no command rate for this machine itself")]
    public bool ExemptLoopback { get; set; } = true;

    /// <summary>How long a connection may take to log in; 30 s unless set.</summary>
    [Setting("time to log in, where a login is needed", Min = 1)]
    public TimeSpan LoginTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts to log in that may fail in a minute, from one address and for one account; 3 unless set.</summary>
    [Setting("attempts to log in that may fail in a minute, from one address or /64, and for one account", Min = 1)]
    public int LoginAttempts { get; set; } = 3;

    /// <summary>Who may make an account; everybody unless set.</summary>
    [Setting("who may make an account: everybody, or only you, with parley account add")]
    public RegistrationPolicy Accounts { get; set; } = RegistrationPolicy.Open;

    /// <summary>How long a connection may say nothing before TCP asks whether the other side is still there; 60 s unless set, 0 for never.</summary>
    [Setting("silence before TCP asks whether the other side is there; 0: never")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes in an incoming line, its ending not counted; 400 unless set.</summary>
    [Setting("bytes in an incoming line, its ending not counted", Min = 64, Max = 65536)]
    public int MaxLineBytes { get; set; } = 400;

    /// <summary>Bytes that may wait for a slow reader; 1 MiB unless set.</summary>
    [Setting("bytes that may wait for a slow reader", Min = 16384)]
    public int MaxOutboxBytes { get; set; } = 1024 * 1024;

    /// <summary>What becomes of a reader past <see cref="MaxOutboxBytes"/>.</summary>
    [Setting("what becomes of a slow reader past that")]
    public OverflowPolicy OverflowPolicy { get; set; } = OverflowPolicy.TellAndCatchUp;

    /// <summary>Lines that may come at once before the command rate applies; 10 unless set.</summary>
    [Setting("lines that may come at once", Min = 1)]
    public int CommandBurst { get; set; } = 10;

    /// <summary>Lines a second after the burst, the others are delayed; 5 unless set.</summary>
    [Setting("lines a second after that; more are delayed, not lost", Min = 1)]
    public int CommandRate { get; set; } = 5;

    /// <summary>Rooms that one IRC client may be in at a time; 100 unless set.</summary>
    [Setting("rooms that one IRC client may be in", Min = 1)]
    public int MaxRooms { get; set; } = 100;

    /// <summary>Recipients of one message; 20 unless set.</summary>
    [Setting("recipients of one message", Min = 1)]
    public int MaxRecipients { get; set; } = 20;

    /// <summary>Tags of IRC clients that are not passed on to others, as <c>CLIENTTAGDENY</c> has it; "none" unless set.</summary>
    [Setting("tags of IRC clients that are not passed on, without their +; *: all; *,-typing: all but that one", Placeholder = "TAG,...|none")]
    public string ClientTagDeny { get; set; } = "none";

    /// <summary>What the server calls itself in the lines it sends to IRC clients; "parley" unless set.</summary>
    [Setting("what the server calls itself on IRC", Placeholder = "NAME", IsWord = true)]
    public string ServerName { get; set; } = "parley";

    /// <summary>What the network is called that the server is; "Parley" unless set.</summary>
    [Setting("what IRC clients call the network", Placeholder = "NAME", IsWord = true)]
    public string NetworkName { get; set; } = "Parley";

    /// <summary>The file with what IRC clients are shown when they come; "none" unless set.</summary>
    [Setting("show IRC clients this file when they come", Placeholder = "FILE|none")]
    public string Motd { get; set; } = NoFile;

    /// <summary>The file that says who may become an operator of the server by OPER; "none" unless set.</summary>
    [Setting("who may become an operator on IRC, a line each as parley operator writes it", Placeholder = "FILE|none")]
    public string Operators { get; set; } = NoFile;

    /// <summary>The file whose first line is the password that IRC clients have to give by PASS; "none" unless set.</summary>
    [Setting("a file whose first line is the password that IRC clients have to give", Placeholder = "FILE|none")]
    public string IrcPassword { get; set; } = NoFile;

    /// <summary>Who runs the server, for ADMIN; "none" unless set.</summary>
    [Setting("who runs the server, for IRC's ADMIN", Placeholder = "TEXT|none")]
    public string AdminName { get; set; } = NoFile;

    /// <summary>Where those are reached who run the server, for ADMIN; "none" unless set.</summary>
    [Setting("where they are reached, for IRC's ADMIN", Placeholder = "ADDRESS|none")]
    public string AdminEmail { get; set; } = NoFile;

    /// <summary>How long an IRC client may say nothing before it is asked whether it is there; 90 s unless set.</summary>
    [Setting("silence before an IRC client is asked whether it is there", Min = 1)]
    public TimeSpan IrcPingInterval { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How long an IRC client may say nothing in all, asked or not, before it is disconnected; 150 s unless set.</summary>
    [Setting("silence, in all, before an IRC client is disconnected", Min = 1)]
    public TimeSpan IrcPingTimeout { get; set; } = TimeSpan.FromSeconds(150);

    /// <summary>Whether metrics are served for Prometheus; yes unless set.</summary>
    [Setting("serve metrics for Prometheus at /metrics")]
    public bool Metrics { get; set; } = true;

    /// <summary>Where metrics and traces are sent; where the environment says unless set.</summary>
    [Setting("send metrics and traces to this OTLP/HTTP collector; environment: where OTEL_EXPORTER_OTLP_ENDPOINT says, if it is set")]
    public OtlpTarget Otlp { get; set; } = OtlpTarget.Environment;

    /// <summary>The share of messages that are traced, from 0 to 1; none unless set.</summary>
    [Setting("share of the messages that are traced, from 0 to 1; traces go where --otlp says", Placeholder = "SHARE", Max = 1)]
    public double TraceSample { get; set; }

    /// <summary>Who may see the status page; whoever is on this machine, or shows a token for it, unless set.</summary>
    [Setting("who may see the status page at /status; loopback: whoever is on this machine, or shows a token with --status")]
    public StatusAccess Status { get; set; } = StatusAccess.Loopback;

    /// <summary>How long a stopping server may take to send what is pending; 10 s unless set.</summary>
    [Setting("time to send what is pending when the server stops")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether there is a certificate, so that something can be encrypted.</summary>
    internal bool HasTls => !IsNone(TlsCertificate);

    /// <summary>Whether the value of a setting that names a file names none.</summary>
    internal static bool IsNone(string file) => string.Equals(file, NoFile, StringComparison.OrdinalIgnoreCase);
}
