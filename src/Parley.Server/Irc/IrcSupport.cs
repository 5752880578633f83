using System.Reflection;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc;

/// <summary>What the server supports, in tokens (https://modern.ircdocs.horse/#rplisupport-005).</summary>
internal static class IrcSupport
{
    private const int TokensPerLine = 13;

    /// <summary>The name and version of this program.</summary>
    public static string Version { get; } =
        "parley-" + (typeof(IrcSupport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0");

    public static void Write(IrcSession session)
    {
        foreach (var tokens in Tokens(session.Context).Chunk(TokensPerLine))
        {
            session.Numeric(IrcNumeric.RPL_ISUPPORT, $"{string.Join(' ', tokens)} :are supported by this server");
        }
    }

    private static IEnumerable<string> Tokens(IrcContext context) =>
    [
        .. context.ClientTags.Token.Length == 0 ? (string[])[] : [$"CLIENTTAGDENY={context.ClientTags.Token}"],
        .. context.History is null ? (string[])[] : [$"CHATHISTORY={context.Options.HistoryPage}", "MSGREFTYPES=msgid,timestamp"],
        "ACCOUNTEXTBAN=a",
        $"AWAYLEN={Limits.Away}",
        "BOT=B",
        "CASEMAPPING=ascii",
        $"CHANLIMIT=#:{context.Options.MaxRooms}",
        "CHANMODES=beI,k,l,imnpst",
        "CHANNELLEN=21",
        "CHANTYPES=#",
        "ELIST=CMNTU",
        "EXCEPTS=e",
        "EXTBAN=~,a",
        "INVEX=I",
        $"KEYLEN={Limits.Key}",
        $"KICKLEN={Limits.Kick}",
        "MAXLIST=b:100,e:100,I:100",
        $"MAXTARGETS={context.Options.MaxRecipients}",
        $"MODES={Limits.Modes}",
        $"MONITOR={Limits.Monitored}",
        $"NAMELEN={Limits.RealName}",
        $"NETWORK={context.Options.NetworkName}",
        "NICKLEN=20",
        "PREFIX=(ohv)@%+",
        "SAFELIST",
        "STATUSMSG=@%+",
        Targets(context.Options.MaxRecipients),
        $"TOPICLEN={Limits.Topic}",
        $"USERLEN={Limits.Ident}",
        "UTF8ONLY",
        "WHOX",
    ];

    /// <summary>How many targets commands take that take lists of them; those without a number, as many as fit in a line.</summary>
    private static string Targets(int recipients)
        => $"TARGMAX=JOIN:,KICK:,LIST:,MONITOR:,NAMES:,NOTICE:{recipients},PART:,PRIVMSG:{recipients},TAGMSG:{recipients},WHOIS:{recipients}";

    /// <summary>The longest texts there may be, in bytes, but for names; the rest is cut off.</summary>
    public static class Limits
    {
        public const int Away = 200;
        public const int Ident = 10;
        public const int Key = 32;
        public const int Kick = 300;

        /// <summary>Arguments of modes that fit into a line beside the channel and the letters.</summary>
        public const int Modes = 13;

        public const int Monitored = 100;
        public const int Quit = 300;
        public const int RealName = 150;
        public const int Topic = 390;
    }
}
