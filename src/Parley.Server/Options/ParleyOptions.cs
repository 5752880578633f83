using Parley.Core.Delivery;
using Parley.Core.History;

namespace Parley.Server.Options;

/// <summary>Everything about a Parley server that can be set; safe as it stands.</summary>
public sealed class ParleyOptions : LifetimeOptions
{
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

    /// <summary>Where the lines protocol is spoken over TLS; nowhere unless set.</summary>
    [Setting("listen here for the lines protocol over TLS; needs a certificate")]
    public ListenAddress LinesTls { get; set; } = ListenAddress.Off;

    /// <summary>Where the addressed protocol is spoken over TLS; nowhere unless set.</summary>
    [Setting("listen here for the addressed protocol over TLS; needs a certificate")]
    public ListenAddress AddressedTls { get; set; } = ListenAddress.Off;

    /// <summary>Where HTTP is served (IRC over WebSocket, messages to rooms, health, metrics, the status page); 127.0.0.1:8080 unless set.</summary>
    [Setting("listen here for HTTP: the web page, /irc, /rooms/ROOM/messages, /health/live, /health/ready, /metrics and /status")]
    public ListenAddress Http { get; set; } = ListenAddress.Loopback(8080);

    /// <summary>Where HTTP is served over TLS, all that <see cref="Http"/> serves; nowhere unless set.</summary>
    [Setting("listen here for HTTP over TLS (HTTP/2 and HTTP/1.1, wss at /irc); needs a certificate")]
    public ListenAddress Https { get; set; } = ListenAddress.Off;

    /// <summary>True if requests in plain text, but for health and metrics, are sent on to <see cref="Https"/>; no unless set.</summary>
    [Setting("send requests in plain text on to --https, but for /health and /metrics")]
    public bool HttpsRedirect { get; set; }

    /// <summary>Days for which browsers are told to come over TLS only; 0, unless set, for not at all.</summary>
    [Setting("days for which browsers are told to come over TLS only (HSTS); 0: they are not", Max = 3650, IsLive = true)]
    public int HstsDays { get; set; }

    /// <summary>Names that HTTP is asked for by, beside addresses, <c>localhost</c> and the machine's own name; none unless set, <c>*</c> for all.</summary>
    [Setting("names that HTTP is asked for by, beside addresses, localhost and this machine's name; *: any", Placeholder = "NAME,...", IsLive = true)]
    public string HttpHosts { get; set; } = "";

    /// <summary>Origins whose pages may connect over WebSocket, beside the server's own; none unless set, <c>*</c> for all.</summary>
    [Setting("pages that may connect over WebSocket beside the server's own; *: all", Placeholder = "ORIGIN,...", IsLive = true)]
    public string WebOrigins { get; set; } = "";

    /// <summary>True if WebSocket messages are compressed for clients that can; false unless set, as a connection then holds some 300 KB more.</summary>
    [Setting("compress WebSocket messages (some 300 KB more a connection)", IsLive = true)]
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

    /// <summary>The directory in which an ACME client (certbot's <c>--webroot</c>) puts what its authority asks for over HTTP; "none" unless set.</summary>
    [Setting("answer /.well-known/acme-challenge over HTTP from this directory, where certbot --webroot writes", Placeholder = "DIR|none")]
    public string AcmeWebroot { get; set; } = NoFile;

    /// <summary>Days for which IRC clients are told to come over TLS only; 0, unless set, for not at all.</summary>
    [Setting("days for which IRC clients are told to come over TLS only (STS); 0: they are not", Max = 3650, IsLive = true)]
    public int StsDays { get; set; }

    /// <summary>The proxies that say in a PROXY header for whom they connect; none unless set.</summary>
    [Setting("proxies that say in a PROXY header (version 1 or 2) for whom they connect", Placeholder = "NETWORK,...|none")]
    public NetworkList ProxyFrom { get; set; } = NetworkList.None;

    /// <summary>The proxies whose <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c> and <c>X-Forwarded-Host</c> are believed over HTTP; none unless set.</summary>
    [Setting("proxies that say over HTTP, in X-Forwarded-For, -Proto and -Host, for whom they ask", Placeholder = "NETWORK,...|none")]
    public NetworkList HttpProxyFrom { get; set; } = NetworkList.None;

    /// <summary>The file with the web gateways that may say by WEBIRC for whom they connect; "none" unless set.</summary>
    [Setting("web gateways that say by WEBIRC for whom they connect: lines of NETWORK,... PASSWORD", Placeholder = "FILE|none")]
    public string Webirc { get; set; } = NoFile;

    /// <summary>The directory that history and accounts are kept in; "none": in memory only, "default", unless set: where the system has such things.</summary>
    [Setting("keep history and accounts in this directory; none: in memory only; default: where this system keeps such data", Placeholder = "DIR|none|default")]
    public string Data { get; set; } = "default";

    /// <summary>The address of the PostgreSQL database that everything but uploaded files is kept in; "none", unless set: in <see cref="Data"/>.</summary>
    [Setting("keep history, accounts and all else but uploaded files in this PostgreSQL database: postgres://user:password@host/database", Placeholder = "ADDRESS|none")]
    public string Database { get; set; } = "none";

    /// <summary>The address of the PostgreSQL database of a cluster, whose nodes are one chat, and in which everything is kept; "none", unless set: this server is alone.</summary>
    [Setting("be a node of the cluster whose PostgreSQL database this is, and one chat with its other nodes: postgres://user:password@host/database", Placeholder = "ADDRESS|none")]
    public string Cluster { get; set; } = "none";

    /// <summary>The name of the node in its cluster; "auto", unless set: the machine's, and the port of its links.</summary>
    [Setting("name of this node in its cluster; auto: the machine's, and the port of its links", Placeholder = "NAME|auto")]
    public string Node { get; set; } = "auto";

    /// <summary>The address for links from other nodes; "auto", unless set: where the database sees this machine, at a free port.</summary>
    [Setting("where other nodes of the cluster reach this one; auto: at the address by which it reaches the database, at a free port", Placeholder = "HOST:PORT|auto")]
    public string ClusterListen { get; set; } = "auto";

    /// <summary>True if what is said is kept, to be shown later; yes unless set.</summary>
    [Setting("keep what is said, to be shown later")]
    public bool History { get; set; } = true;

    /// <summary>True if what happens in rooms is kept beside what is said; yes unless set.</summary>
    [Setting("keep who comes and goes, topics and modes, too, for IRC clients that ask for it")]
    public bool HistoryEvents { get; set; } = true;

    /// <summary>Time in which authors may take back what they said; a day unless set, 0 for ever.</summary>
    [Setting("time in which authors may take back what they said (operators may at any time); 0: any time", IsLive = true)]
    public TimeSpan RedactTime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Messages that are shown to whoever joins a room; 20 unless set.</summary>
    [Setting("messages that are shown to whoever joins a room", Max = 1000, IsLive = true)]
    public int HistoryReplay { get; set; } = 20;

    /// <summary>Messages in one answer from history; 100 unless set.</summary>
    [Setting("messages in one answer from history", Min = 1, Max = 1000, IsLive = true)]
    public int HistoryPage { get; set; } = 100;

    /// <summary>Days that messages are kept; 30 unless set, 0 for ever.</summary>
    [Setting("days that messages are kept; 0: for ever", Max = 36500, IsLive = true)]
    public int HistoryDays { get; set; } = 30;

    /// <summary>Messages of a room that are kept; 100 000 unless set, 0 for any number.</summary>
    [Setting("messages of a room that are kept; 0: any number", IsLive = true)]
    public int HistoryMessages { get; set; } = 100_000;

    /// <summary>Where history is kept: <c>data</c>, unless set, with all the rest; or the address of a PostgreSQL database.</summary>
    [Setting("where history is kept: data for with all the rest (database, or else the data directory), or postgres://user:password@host/database")]
    public string HistoryStore { get; set; } = "data";

    /// <summary>Megabytes that history may take up on disk; 0 for any number, 10 240 unless set.</summary>
    [Setting("megabytes that history may take up on disk; 0: any number", IsLive = true)]
    public int HistoryMegabytes { get; set; } = 10_240;

    /// <summary>Policy for messages while they cannot be kept.</summary>
    [Setting("what becomes of messages while they cannot be kept")]
    public HistoryFailurePolicy HistoryFailure { get; set; } = HistoryFailurePolicy.Deliver;

    /// <summary>Connections at a time; 0, unless set, is what the descriptor limit allows, less a reserve.</summary>
    [Setting("connections at a time; 0: what the descriptor limit allows, less a reserve", IsLive = true)]
    public int MaxConnections { get; set; }

    /// <summary>Connections at a time from one address (IPv4 /32, IPv6 /64); 16 unless set.</summary>
    [Setting("connections at a time from one address (IPv4) or /64 (IPv6)", Min = 1, IsLive = true)]
    public int MaxConnectionsPerAddress { get; set; } = 16;

    /// <summary>New connections in ten minutes from one address (IPv4 /32, IPv6 /64); 32 unless set.</summary>
    [Setting("new connections in 10 minutes from one address or /64", Min = 1, IsLive = true)]
    public int MaxNewConnectionsPerAddress { get; set; } = 32;

    /// <summary>Times that the limits of an IPv6 /64 (connections, new ones, HTTP, log-in attempts, letters) hold for the /48 that it lies in; 0: no limit; 8 unless set.</summary>
    [Setting("times the limits of an IPv6 /64 hold for the /48 that it lies in; 0: without limit", Min = 0, Max = 65_536, IsLive = true)]
    public int Ipv6SiteFactor { get; set; } = 8;

    /// <summary>HTTP connections at a time, without those that became a WebSocket; 0, unless set, is an eighth of what the descriptor limit allows, 1024 at most.</summary>
    [Setting("HTTP connections at a time, WebSockets not counted; 0: an eighth of what the descriptor limit allows")]
    public int MaxHttpConnections { get; set; }

    /// <summary>HTTP connections at a time from one address (IPv4 /32, IPv6 /64), without those that became a WebSocket; 32 unless set.</summary>
    [Setting("HTTP connections at a time from one address or /64; for one more the longest idle is closed", Min = 1)]
    public int MaxHttpConnectionsPerAddress { get; set; } = 32;

    /// <summary>True if this machine's own addresses are free of the limits per address and of the command rate; yes unless set.</summary>
    [Setting("no limits per address and no command rate for this machine itself", IsLive = true)]
    public bool ExemptLoopback { get; set; } = true;

    /// <summary>Time a connection may take to log in; 30 s unless set.</summary>
    [Setting("time to log in, where a login is needed", Min = 1)]
    public TimeSpan LoginTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts to log in that may fail in a minute, from one address and for one account; 3 unless set.</summary>
    [Setting("attempts to log in that may fail in a minute, from one address or /64, and for one account", Min = 1, IsLive = true)]
    public int LoginAttempts { get; set; } = 3;

    /// <summary>Policy that decides who may make an account; everybody unless set.</summary>
    [Setting("who may make an account: everybody, or only you, with parley account add", IsLive = true)]
    public RegistrationPolicy Accounts { get; set; } = RegistrationPolicy.Open;

    /// <summary>True if names of accounts are worn by their owners alone; they are unless set.</summary>
    [Setting("names of accounts are worn by their owners alone (strict), by others who are told so (warn), or by anybody (open)")]
    public NamePolicy Names { get; set; } = NamePolicy.Strict;

    /// <summary>Letters that names of users and rooms may have; those of all scripts unless set.</summary>
    [Setting("letters that names of users and rooms may have: those of all scripts (unicode), or of ASCII (ascii)")]
    public NameCharset NamesCharset { get; set; } = NameCharset.Unicode;

    /// <summary>True if nobody comes in without an account; no unless set.</summary>
    [Setting("let nobody in who is not logged in to an account", IsLive = true)]
    public bool RequireAccount { get; set; }

    /// <summary>Characters that a new password has at least; 8 unless set.</summary>
    [Setting("characters that a new password has at least", Min = 1, Max = 64, IsLive = true)]
    public int MinPasswordLength { get; set; } = 8;

    /// <summary>The identity provider (OpenID Connect) whose tokens log people in, by the URL that it calls itself; "none" unless set.</summary>
    [Setting("identity provider (OpenID Connect) whose tokens log people in, by its own URL", Placeholder = "URL|none")]
    public string OidcIssuer { get; set; } = NoFile;

    /// <summary>Audiences that the provider's tokens may be made for, beside <see cref="OidcClient"/>; "none" unless set.</summary>
    [Setting("what its tokens have to be made for (their audience), beside --oidc-client", Placeholder = "NAME,...|none")]
    public string OidcAudience { get; set; } = NoFile;

    /// <summary>Where the keys are that the provider's tokens are signed with: <c>discovery</c>, unless set, for where it says itself, or a file with a JWKS.</summary>
    [Setting("keys that its tokens are signed with: discovery for where the provider says, or a file (JWKS)", Placeholder = "FILE|discovery")]
    public string OidcKeys { get; set; } = "discovery";

    /// <summary>The claim that names accounts that are made; "preferred_username" unless set.</summary>
    [Setting("the claim with the name of an account that is made", Placeholder = "CLAIM")]
    public string OidcClaim { get; set; } = "preferred_username";

    /// <summary>This server's own mark as a client of the provider, with which people log in from the web page; "none" unless set.</summary>
    [Setting("what the provider calls this server's web page (client ID), so that people log in there", Placeholder = "ID|none")]
    public string OidcClient { get; set; } = NoFile;

    /// <summary>The file whose first line is the client's secret at the provider; "none" unless set, as PKCE needs none.</summary>
    [Setting("a file whose first line is the client's secret, where the provider has given it one", Placeholder = "FILE|none")]
    public string OidcSecret { get; set; } = NoFile;

    /// <summary>Name of the provider on the web page; that of its host unless set.</summary>
    [Setting("what the web page calls the provider: log in with NAME; none: by its host's name", Placeholder = "NAME|none")]
    public string OidcName { get; set; } = NoFile;

    /// <summary>Days for which a browser stays logged in after a log-in at the provider; 7 unless set.</summary>
    [Setting("days for which a browser stays logged in after a log-in at the provider", Min = 1, Max = 365, IsLive = true)]
    public int OidcPageDays { get; set; } = 7;

    /// <summary>Time that the provider may take to answer; 10 s unless set.</summary>
    [Setting("time that the provider may take to answer", Min = 1)]
    public TimeSpan OidcTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Accounts for people whom somebody outside of the server vouches for; they have to exist unless set.</summary>
    [Setting("accounts of people for whom a provider or a program vouches: have to exist, or are made when they first log in", IsLive = true)]
    public OutsideAccountPolicy OutsideAccounts { get; set; } = OutsideAccountPolicy.Existing;

    /// <summary>The program that decides on names and passwords, in place of the passwords that are kept here; "none" unless set.</summary>
    [Setting("a program that decides on names and passwords: it has both on its standard input, a line each, and exits with 0 or 1", Placeholder = "PROGRAM|none")]
    public string AuthCommand { get; set; } = NoFile;

    /// <summary>Time that the program may take; 10 s unless set.</summary>
    [Setting("time that it may take", Min = 1)]
    public TimeSpan AuthCommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Number of runs of the program at a time; 4 unless set.</summary>
    [Setting("how often it may run at a time; further log-ins wait", Min = 1, Max = 1000)]
    public int AuthCommandProcesses { get; set; } = 4;

    /// <summary>Silence on a connection before TCP asks whether the other side is still there; 60 s unless set, 0 for never.</summary>
    [Setting("silence before TCP asks whether the other side is there; 0: never")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes in an incoming line, its ending not counted; 400 unless set.</summary>
    [Setting("bytes in an incoming line, its ending not counted", Min = 64, Max = 65536)]
    public int MaxLineBytes { get; set; } = 400;

    /// <summary>Bytes that may wait for a slow reader; 1 MiB unless set.</summary>
    [Setting("bytes that may wait for a slow reader", Min = 16384)]
    public int MaxOutboxBytes { get; set; } = 1024 * 1024;

    /// <summary>Policy for a reader past <see cref="MaxOutboxBytes"/>.</summary>
    [Setting("what becomes of a slow reader past that")]
    public OverflowPolicy OverflowPolicy { get; set; } = OverflowPolicy.TellAndCatchUp;

    /// <summary>Lines that may come at once before the command rate applies; 10 unless set.</summary>
    [Setting("lines that may come at once", Min = 1, IsLive = true)]
    public int CommandBurst { get; set; } = 10;

    /// <summary>Lines a second after the burst, the others are delayed; 5 unless set.</summary>
    [Setting("lines a second after that; more are delayed, not lost", Min = 1, IsLive = true)]
    public int CommandRate { get; set; } = 5;

    /// <summary>Bytes that may come at once from one address (IPv4 /32, IPv6 /64) before the byte rate applies; 256 KiB unless set.</summary>
    [Setting("bytes that may come at once from one address or /64", Min = 16384, IsLive = true)]
    public int ByteBurst { get; set; } = 256 * 1024;

    /// <summary>Bytes a second from one address after that, the others are delayed; 8 KiB unless set.</summary>
    [Setting("bytes a second after that; more are delayed, not lost", Min = 64, IsLive = true)]
    public int ByteRate { get; set; } = 8 * 1024;

    /// <summary>Rooms that one IRC client may be in at a time; 100 unless set.</summary>
    [Setting("rooms that one IRC client may be in", Min = 1)]
    public int MaxRooms { get; set; } = 100;

    /// <summary>Registered rooms that one account may own; 20 unless set. Zero: only the operator registers rooms.</summary>
    [Setting("registered rooms that one account may own; 0: only you register rooms, with parley room register", Min = 0)]
    public int AccountRooms { get; set; } = 20;

    /// <summary>Sessions that one account may have at a time; 16 unless set.</summary>
    [Setting("sessions that one account may have at a time", Min = 1, Max = 1000)]
    public int AccountSessions { get; set; } = 16;

    /// <summary>Registered rooms in all; 10 000 unless set.</summary>
    [Setting("registered rooms in all", Min = 0)]
    public int RegisteredRooms { get; set; } = 10_000;

    /// <summary>Roles in a registered room, its founder not counted; 100 unless set.</summary>
    [Setting("roles that accounts may have in a registered room, beside its founder", Min = 0)]
    public int RoomRoles { get; set; } = 100;

    /// <summary>Recipients of one message; 20 unless set.</summary>
    [Setting("recipients of one message", Min = 1, IsLive = true)]
    public int MaxRecipients { get; set; } = 20;

    /// <summary>Tags of IRC clients that are not passed on to others, as <c>CLIENTTAGDENY</c> has it; "none" unless set.</summary>
    [Setting("tags of IRC clients that are not passed on, without their +; *: all; *,-typing: all but that one", Placeholder = "TAG,...|none")]
    public string ClientTagDeny { get; set; } = "none";

    /// <summary>Name of the server in the lines it sends to IRC clients; "parley" unless set.</summary>
    [Setting("what the server calls itself on IRC", Placeholder = "NAME", IsWord = true)]
    public string ServerName { get; set; } = "parley";

    /// <summary>Name of the network that the server is; "Parley" unless set.</summary>
    [Setting("what IRC clients call the network", Placeholder = "NAME", IsWord = true, IsLive = true)]
    public string NetworkName { get; set; } = "Parley";

    /// <summary>The file with what IRC clients are shown when they come; "none" unless set.</summary>
    [Setting("show IRC clients this file when they come", Placeholder = "FILE|none", IsLive = true)]
    public string Motd { get; set; } = NoFile;

    /// <summary>The file that says who may become an operator of the server by OPER; "none" unless set.</summary>
    [Setting("who may become an operator on IRC, a line each as parley operator writes it", Placeholder = "FILE|none", IsLive = true)]
    public string Operators { get; set; } = NoFile;

    /// <summary>The file whose first line is the password that IRC clients have to give by PASS; "none" unless set.</summary>
    [Setting("a file whose first line is the password that IRC clients have to give", Placeholder = "FILE|none", IsLive = true)]
    public string IrcPassword { get; set; } = NoFile;

    /// <summary>Name of whoever runs the server, for ADMIN; "none" unless set.</summary>
    [Setting("who runs the server, for IRC's ADMIN", Placeholder = "TEXT|none", IsLive = true)]
    public string AdminName { get; set; } = NoFile;

    /// <summary>Where those are reached who run the server, for ADMIN; "none" unless set.</summary>
    [Setting("where they are reached, for IRC's ADMIN", Placeholder = "ADDRESS|none", IsLive = true)]
    public string AdminEmail { get; set; } = NoFile;

    /// <summary>Silence of an IRC client before it is asked whether it is there; 40 s unless set, and asked a sixth of that later at most, as common proxies cut a connection that was silent for 50 or 60 s.</summary>
    [Setting("silence before an IRC client is asked whether it is there", Min = 1)]
    public TimeSpan IrcPingInterval { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>Silence of an IRC client in all, asked or not, before it is disconnected; 150 s unless set.</summary>
    [Setting("silence, in all, before an IRC client is disconnected", Min = 1)]
    public TimeSpan IrcPingTimeout { get; set; } = TimeSpan.FromSeconds(150);

    /// <summary>The file that names services outside of the server, to which people prove who they are by IRC's TOKEN; "none" unless set.</summary>
    [Setting("services that people prove to who they are, a line each: NAME URL what it is", Placeholder = "FILE|none")]
    public string Services { get; set; } = NoFile;

    /// <summary>The networks from which such services check tokens; none unless set.</summary>
    [Setting("where such services check the tokens that they are given", Placeholder = "NETWORK,...|none")]
    public NetworkList ServicesFrom { get; set; } = NetworkList.None;

    /// <summary>Devices that one account may have messages pushed to; 8 unless set, 0 to push none.</summary>
    [Setting("devices of one account that messages are pushed to while nobody looks (web push); 0: no push", Max = 1000)]
    public int PushEndpoints { get; set; } = 8;

    /// <summary>Days after which a device is pushed to no more unless its client asks again; 30 unless set.</summary>
    [Setting("days after which a device is pushed to no more, unless its client has asked again", Min = 1, Max = 3650, IsLive = true)]
    public int PushDays { get; set; } = 30;

    /// <summary>Networks beside the public Internet in which push services may be; none unless set.</summary>
    [Setting("where push services may be beside the public Internet, such as your own in 10.1.2.0/24", Placeholder = "NETWORK,...|none")]
    public NetworkList PushAllow { get; set; } = NetworkList.None;

    /// <summary>Where the network's picture is, for clients to show; "none" unless set.</summary>
    [Setting("address of the network's picture, for IRC clients to show", Placeholder = "URL|none")]
    public string NetworkIcon { get; set; } = NoFile;

    /// <summary>Lines of one message that an IRC client is shown that knows no multi-line messages; 5 unless set.</summary>
    [Setting("lines of one message for IRC clients without draft/multiline, the rest is counted", Min = 1, Max = 100)]
    public int IrcPlainLines { get; set; } = 5;

    /// <summary>Names that an IRC client may be refused before it has registered; 20 unless set. There are programs that go on trying for ever.</summary>
    [Setting("names that an IRC client may be refused before it has registered; after one more it is disconnected", Min = 1)]
    public int IrcRefusedNicks { get; set; } = 20;

    /// <summary>Policy for uploads of files and pictures; for accounts unless set.</summary>
    [Setting("who may upload files and pictures; it takes a data directory, and HTTP")]
    public FilePolicy Files { get; set; } = FilePolicy.Accounts;

    /// <summary>The address of uploads for IRC clients that do not come over WebSocket, which know it by themselves; "none" unless set.</summary>
    [Setting("address of /files that IRC clients are told, such as https://chat.example.org/files; none: only those over WebSocket, as they came", Placeholder = "URL|none")]
    public string FilesUrl { get; set; } = NoFile;

    /// <summary>Megabytes of a file; 10 unless set.</summary>
    [Setting("megabytes of one file", Min = 1, Max = 2000, IsLive = true)]
    public int MaxFileMegabytes { get; set; } = 10;

    /// <summary>Types of files that may be uploaded, by what is in them; all unless set.</summary>
    [Setting("types of files that may be uploaded, such as image/*,text/plain,application/pdf; *: all", Placeholder = "TYPE,...", IsLive = true)]
    public string FileTypes { get; set; } = "*";

    /// <summary>Megabytes of all files of an account, and of those of all guests together; 200 unless set, 0 for any number.</summary>
    [Setting("megabytes of all files of an account, and of all people without one; 0: any number", IsLive = true)]
    public int AccountFilesMegabytes { get; set; } = 200;

    /// <summary>Megabytes of all files; 2000 unless set, 0 for any number.</summary>
    [Setting("megabytes of all files; 0: any number", IsLive = true)]
    public int FilesMegabytes { get; set; } = 2000;

    /// <summary>Megabytes of the disk that files leave free; 500 unless set.</summary>
    [Setting("megabytes of the disk that files leave free", IsLive = true)]
    public int FilesReserveMegabytes { get; set; } = 500;

    /// <summary>Megapixels of a picture, above which it is refused before it is decoded; 40 unless set.</summary>
    [Setting("megapixels of a picture", Min = 1, Max = 400, IsLive = true)]
    public int MaxPictureMegapixels { get; set; } = 40;

    /// <summary>Pixels along the longer side of pictures as they are kept; 2560 unless set.</summary>
    [Setting("pixels along the longer side of a picture as it is kept", Min = 64, Max = 16000, IsLive = true)]
    public int PictureSide { get; set; } = 2560;

    /// <summary>True if the server fetches the pages that messages in open rooms link to, for the page to show their titles; no unless set.</summary>
    [Setting("fetch the pages that messages in open rooms link to, to show their titles; it takes HTTP and history")]
    public bool LinkPreviews { get; set; }

    /// <summary>Time that fetching such a page may take, redirects included; 5 s unless set.</summary>
    [Setting("time that fetching such a page may take", Min = 1, IsLive = true)]
    public TimeSpan LinkPreviewTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Kilobytes of such a page that are read; 256 unless set.</summary>
    [Setting("kilobytes of such a page that are read", Min = 1, Max = 10_000, IsLive = true)]
    public int LinkPreviewKilobytes { get; set; } = 256;

    /// <summary>Such pages that are fetched at a time; 4 unless set.</summary>
    [Setting("such pages that are fetched at a time", Min = 1, Max = 64)]
    public int LinkPreviewsAtOnce { get; set; } = 4;

    /// <summary>Messages whose previews are remembered; 2000 unless set.</summary>
    [Setting("messages whose previews are remembered", Min = 1, Max = 1_000_000, IsLive = true)]
    public int LinkPreviewsKept { get; set; } = 2000;

    /// <summary>The Unix socket by which whoever may open it looks after the server; "default", unless set, for <c>admin.sock</c> in the data directory, "none" for none.</summary>
    [Setting("listen at this Unix socket for parley status, users, kick, reload and the like; default: admin.sock in the data directory", Placeholder = "FILE|none|default")]
    public string Admin { get; set; } = "default";

    /// <summary>Decisions of moderators and operators that are kept; 10 000 unless set, 0 for none.</summary>
    [Setting("decisions of moderators and operators that are kept, see parley audit; 0: none")]
    public int AuditEntries { get; set; } = 10_000;

    /// <summary>Reports to the moderators that one account, or one address of guests, may make within an hour; 5 unless set, 0 for none.</summary>
    [Setting("reports to the moderators that an account, or guests of an address, may make within an hour; 0: nobody may", IsLive = true)]
    public int ReportsPerHour { get; set; } = 5;

    /// <summary>Access to the metrics for Prometheus; everybody who reaches the HTTP listener unless set.</summary>
    [Setting("who may read metrics for Prometheus at /metrics; loopback: whoever is on this machine, or shows a token with --status")]
    public HttpAccess Metrics { get; set; } = HttpAccess.Open;

    /// <summary>Where metrics and traces are sent; where the environment says unless set.</summary>
    [Setting("send metrics and traces to this OTLP/HTTP collector; environment: where OTEL_EXPORTER_OTLP_ENDPOINT says, if it is set")]
    public OtlpTarget Otlp { get; set; } = OtlpTarget.Environment;

    /// <summary>The share of messages that are traced, from 0 to 1; none unless set.</summary>
    [Setting("share of the messages that are traced, from 0 to 1; traces go where --otlp says", Placeholder = "SHARE", Max = 1)]
    public double TraceSample { get; set; }

    /// <summary>Access to the status page; for whoever is on this machine, or shows a token for it, unless set.</summary>
    [Setting("who may see the status page at /status; loopback: whoever is on this machine, or shows a token with --status")]
    public HttpAccess Status { get; set; } = HttpAccess.Loopback;

    /// <summary>Time a stopping server may take to send what is pending; 10 s unless set.</summary>
    [Setting("time to send what is pending when the server stops", IsLive = true)]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most sessions a second that a draining server sends to others; 100 unless set.</summary>
    [Setting("sessions a second that a node sends to others when it is drained (parley cluster drain)", Min = 1)]
    public int DrainRate { get; set; } = 100;

    /// <summary>The settings of a server inside an application: it listens nowhere until it is asked to.</summary>
    internal static ParleyOptions ForApplication() => new()
    {
        IsEmbedded = true,
        Lines = ListenAddress.Off,
        Addressed = ListenAddress.Off,
        Irc = ListenAddress.Off,
        Ircs = ListenAddress.Off,
    };
}
