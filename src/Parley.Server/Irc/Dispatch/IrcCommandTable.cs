using Parley.Core.Events;
using Parley.Server.Irc.Accounts;
using Parley.Server.Irc.Channels;
using Parley.Server.Irc.History;
using Parley.Server.Irc.Messages;
using Parley.Server.Irc.Metadata;
using Parley.Server.Irc.Operators;
using Parley.Server.Irc.Registration;
using Parley.Server.Irc.Server;
using Parley.Server.Irc.Services;
using Parley.Server.Irc.Users;

namespace Parley.Server.Irc.Dispatch;

/// <summary>The commands there are.</summary>
internal static class IrcCommandTable
{
    /// <summary>In alphabetical order.</summary>
    public static IrcCommandSet All { get; } = new(
    [
        new AdminCommand(),
        new AuditCommand(),
        new AuthenticateCommand(),
        new AwayCommand(),
        new BatchCommand(),
        new CapCommand(),
        new ServiceCommand("CHANSERV", "ChanServ", "registers rooms and gives roles in them; CHANSERV HELP says more"),
        new ChatHistoryCommand(),
        new ServiceCommand("CS", "ChanServ", "the same as CHANSERV"),
        new LineBanCommand("DLINE", "[time] network [reason] | LIST", "bans an address or a network from the server (operators of the server)"),
        new FilehostCommand(),
        new FilterCommand(),
        new HelpCommand("HELP", "lists the commands, or says what one does", static () => All!),
        new HelpCommand("HELPOP", "the same as HELP", static () => All!),
        new InfoCommand(),
        new InviteCommand(),
        new IsonCommand(),
        new IsupportCommand(),
        new JoinCommand(),
        new KickCommand(),
        new KillCommand(),
        new LineBanCommand("KLINE", "[time] mask [reason] | LIST", "bans a mask from the server (operators of the server)"),
        new LinksCommand(),
        new ListCommand(),
        new LusersCommand(),
        new MarkReadCommand(),
        new MetadataCommand(),
        new ModeCommand(),
        new MonitorCommand(),
        new MotdCommand(),
        new NamesCommand(),
        new NickCommand(),
        new ServiceCommand("NICKSERV", "NickServ", "logs in, makes an account, takes your name back; NICKSERV HELP says more"),
        new PrivmsgCommand("NOTICE", MessageKind.Notice, "target{,target} :text", "says something that no program answers"),
        new ServiceCommand("NS", "NickServ", "the same as NICKSERV"),
        new OperCommand(),
        new PartCommand(),
        new PassCommand(),
        new PingCommand(),
        new PongCommand(),
        new PrivmsgCommand("PRIVMSG", MessageKind.Text, "target{,target} :text", "says something, in rooms or to users"),
        new QuitCommand(),
        new RedactCommand(),
        new RegisterCommand(),
        new RehashCommand(),
        new RenameCommand(),
        new ReportCommand(),
        new SearchCommand(),
        new SetnameCommand(),
        new StatsCommand(),
        new SummonCommand(),
        new PrivmsgCommand("TAGMSG", MessageKind.Tags, "target{,target}", "sends tags without a text, such as that you are typing"),
        new TbanCommand(),
        new TimeCommand(),
        new TokenCommand(),
        new TopicCommand(),
        new UbanCommand(),
        new UnbanCommand("UNDLINE", "network", "lifts a ban of a network (operators of the server)"),
        new UnbanCommand("UNKLINE", "mask", "lifts a ban of a mask (operators of the server)"),
        new UninviteCommand(),
        new UserCommand(),
        new UserhostCommand(),
        new UsersCommand(),
        new VerifyCommand(),
        new VersionCommand(),
        new WallopsCommand(),
        new WebircCommand(),
        new WebPushCommand(),
        new WhoCommand(),
        new WhoisCommand(),
        new WhowasCommand(),
        new ZncCommand(),
    ]);
}
