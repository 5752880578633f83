using Parley.Core.Events;

namespace Parley.Server.Irc.Commands;

/// <summary>The commands there are.</summary>
internal static class IrcCommandTable
{
    /// <summary>In alphabetical order.</summary>
    public static IReadOnlyList<IrcCommand> All { get; } =
    [
        new AuthenticateCommand(),
        new BatchCommand(),
        new CapCommand(),
        new ChatHistoryCommand(),
        new JoinCommand(),
        new LusersCommand(),
        new MarkReadCommand(),
        new MetadataCommand(),
        new MotdCommand(),
        new NamesCommand(),
        new NickCommand(),
        new PrivmsgCommand("NOTICE", MessageKind.Notice),
        new PartCommand(),
        new PassCommand(),
        new PingCommand(),
        new PongCommand(),
        new PrivmsgCommand("PRIVMSG", MessageKind.Text),
        new QuitCommand(),
        new RedactCommand(),
        new RegisterCommand(),
        new SearchCommand(),
        new PrivmsgCommand("TAGMSG", MessageKind.Tags),
        new UserCommand(),
        new VerifyCommand(),
        new WebircCommand(),
    ];

    private static Dictionary<string, IrcCommand> ByWord { get; } = All.ToDictionary(command => command.Word, StringComparer.Ordinal);

    /// <summary>The command of that word, in capitals; null if there is none.</summary>
    public static IrcCommand? Find(string word) => ByWord.GetValueOrDefault(word);
}
