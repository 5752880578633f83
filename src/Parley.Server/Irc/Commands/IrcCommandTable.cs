using Parley.Core.Events;

namespace Parley.Server.Irc.Commands;

/// <summary>The commands there are.</summary>
internal static class IrcCommandTable
{
    /// <summary>In alphabetical order.</summary>
    public static IReadOnlyList<IrcCommand> All { get; } =
    [
        new AdminCommand(),
        new AuthenticateCommand(),
        new AwayCommand(),
        new BatchCommand(),
        new CapCommand(),
        new ChatHistoryCommand(),
        new HelpCommand("HELP"),
        new HelpCommand("HELPOP"),
        new InfoCommand(),
        new InviteCommand(),
        new IsonCommand(),
        new JoinCommand(),
        new KickCommand(),
        new KillCommand(),
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
        new PrivmsgCommand("NOTICE", MessageKind.Notice),
        new OperCommand(),
        new PartCommand(),
        new PassCommand(),
        new PingCommand(),
        new PongCommand(),
        new PrivmsgCommand("PRIVMSG", MessageKind.Text),
        new QuitCommand(),
        new RedactCommand(),
        new RegisterCommand(),
        new RehashCommand(),
        new RenameCommand(),
        new SearchCommand(),
        new SetnameCommand(),
        new StatsCommand(),
        new SummonCommand(),
        new PrivmsgCommand("TAGMSG", MessageKind.Tags),
        new TimeCommand(),
        new TopicCommand(),
        new UserCommand(),
        new UserhostCommand(),
        new UsersCommand(),
        new VerifyCommand(),
        new VersionCommand(),
        new WallopsCommand(),
        new WebircCommand(),
        new WhoCommand(),
        new WhoisCommand(),
        new WhowasCommand(),
    ];

    private static Dictionary<string, IrcCommand> ByWord { get; } = All.ToDictionary(command => command.Word, StringComparer.Ordinal);

    /// <summary>The command of that word, in capitals; null if there is none.</summary>
    public static IrcCommand? Find(string word) => ByWord.GetValueOrDefault(word);
}
