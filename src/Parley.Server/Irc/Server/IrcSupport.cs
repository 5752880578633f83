using System.Reflection;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Options;

namespace Parley.Server.Irc.Server;

/// <summary>Tokens for what the server supports (https://modern.ircdocs.horse/#rplisupport-005).</summary>
internal static class IrcSupport
{
    private const int TokensPerLine = 13;

    private static IrcModeClasses Modes => IrcRoomModes.Classes;

    /// <summary>The name and version of this program.</summary>
    public static string Version { get; } =
        "parley-" + (typeof(IrcSupport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0");

    /// <summary>Tells a client all tokens: in a batch if it knows that (https://ircv3.net/specs/extensions/extended-isupport).</summary>
    public static void Write(IrcSession session)
    {
        var lines = Tokens(session.Context, FileUrlOf(session)).Chunk(TokensPerLine).Select(tokens => $"{string.Join(' ', tokens)} :are supported by this server");
        if (session.Has(IrcCapabilities.Batch) && session.Has(IrcCapabilities.ExtendedIsupport))
        {
            session.Batch("draft/isupport", lines.Select(line => $":{session.Context.ServerName} 005 {session.Nick} {line}"));
            return;
        }

        foreach (var line in lines)
        {
            session.Numeric(IrcNumeric.RPL_ISUPPORT, line);
        }
    }

    /// <summary>Returns the address that a client uploads files to; null if there is none that it may use: over plain HTTP it would show what TLS has hidden.</summary>
    public static string? FileUrlOf(IrcSession session)
        => (session.Peer.FilesUrl ?? session.Context.FileHost?.PublicUrl) is { } url && !(session.Peer.IsSecure && url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ? url : null;

    private static IEnumerable<string> Tokens(IrcContext context, string? fileUrl) =>
    [
        .. context.ClientTags.Token.Length == 0 ? (string[])[] : [$"CLIENTTAGDENY={context.ClientTags.Token}"],
        .. !context.Broker.KeepsHistory ? (string[])[] : [$"CHATHISTORY={context.Options.HistoryPage}", "MSGREFTYPES=msgid,timestamp"],
        .. context.Access.IsRequired ? (string[])["draft/ACCOUNTREQUIRED"] : [],
        "ACCOUNTEXTBAN=a,account",
        $"AWAYLEN={IrcLimits.Away}",
        "BOT=B",
        $"CASEMAPPING={(context.Options.NamesCharset == NameCharset.Unicode ? "rfc8265" : "ascii")}",
        $"CHANLIMIT=#:{context.Options.MaxRooms}",
        $"CHANMODES={Modes.Lists},{Modes.Always},{Modes.WhenSet},{Modes.Flags}",
        "CHANNELLEN=65",
        "CHANTYPES=#",
        "ELIST=CMNTU",
        "EXCEPTS=e",
        "EXTBAN=~,aq",
        "INVEX=I",
        $"KEYLEN={IrcLimits.Key}",
        $"KICKLEN={IrcLimits.Kick}",
        $"MAXLIST={string.Join(',', Modes.Lists.Select(letter => $"{letter}:100"))}",
        $"MAXTARGETS={context.Options.MaxRecipients}",
        $"MODES={IrcLimits.Modes}",
        $"MONITOR={IrcLimits.Monitored}",
        $"NAMELEN={IrcLimits.RealName}",
        $"NETWORK={context.Options.NetworkName}",
        "NICKLEN=20",
        $"PREFIX=({Modes.Prefixes})@%+",
        "SAFELIST",

        // Lines over the rate wait, and nobody is disconnected for them.
        "SAFERATE",
        "STATUSMSG=@%+",
        Targets(context.Options.MaxRecipients),
        $"TOPICLEN={IrcLimits.Topic}",
        $"USERLEN={IrcLimits.Ident}",
        "UTF8ONLY",
        .. context.Push is { IsOn: true } push ? [$"VAPID={push.Identity.PublicKey}"] : (string[])[],
        "WHOX",
        .. context.Files.Services.All.Count == 0 && fileUrl is null ? (string[])[] : ["draft/AUTHTOKEN"],

        // https://soju.im/filehost, and the proposal that it has become: https://github.com/ircv3/ircv3-specifications/pull/562
        .. fileUrl is null ? (string[])[] : [$"draft/FILEHOST={Escape(fileUrl)}", $"soju.im/FILEHOST={Escape(fileUrl)}"],
        .. context.Options.LinkPreviews ? (string[])["parley/PREVIEWS"] : [],
        .. ParleyOptions.IsNone(context.Options.NetworkIcon) ? (string[])[] : [$"draft/ICON={Escape(context.Options.NetworkIcon)}"],
    ];

    /// <summary>A value without what would end it, or stand for something else (https://modern.ircdocs.horse/#rplisupport-005).</summary>
    private static string Escape(string value) => value
        .Replace(@"\", @"\x5C", StringComparison.Ordinal)
        .Replace(" ", @"\x20", StringComparison.Ordinal)
        .Replace("=", @"\x3D", StringComparison.Ordinal);

    /// <summary>Returns the number of targets of each command that takes a list of them; one without a number takes as many as fit in a line.</summary>
    private static string Targets(int recipients)
        => $"TARGMAX=JOIN:,KICK:,LIST:,MONITOR:,NAMES:,NOTICE:{recipients},PART:,PRIVMSG:{recipients},TAGMSG:{recipients},WHOIS:{recipients}";
}
