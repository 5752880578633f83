namespace Parley.Server.Irc.Commands;

/// <summary>The commands there are.</summary>
internal static class IrcCommandTable
{
    /// <summary>In alphabetical order.</summary>
    public static IReadOnlyList<IrcCommand> All { get; } =
    [
        new AuthenticateCommand(),
        new CapCommand(),
        new JoinCommand(),
        new LusersCommand(),
        new MotdCommand(),
        new NamesCommand(),
        new NickCommand(),
        new PrivmsgCommand("NOTICE"),
        new PartCommand(),
        new PassCommand(),
        new PingCommand(),
        new PongCommand(),
        new PrivmsgCommand("PRIVMSG"),
        new QuitCommand(),
        new RegisterCommand(),
        new PrivmsgCommand("TAGMSG"),
        new UserCommand(),
        new VerifyCommand(),
        new WebircCommand(),
    ];

    private static Dictionary<string, IrcCommand> ByWord { get; } = All.ToDictionary(command => command.Word, StringComparer.Ordinal);

    /// <summary>The command of that word, in capitals; null if there is none.</summary>
    public static IrcCommand? Find(string word) => ByWord.GetValueOrDefault(word);
}
