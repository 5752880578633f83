namespace Parley.Server.Lines.Commands;

/// <summary>The commands there are.</summary>
internal static class LinesCommandTable
{
    /// <summary>In the order of <c>/help</c>.</summary>
    public static LinesCommandSet All { get; } = new(
    [
        new HelpCommand(static () => All!.Help),
        new NameCommand(),
        new LoginCommand(),
        new AccountCommand(),
        new RoomsCommand(),
        new JoinCommand(),
        new LeaveCommand(),
        new UsersCommand(),
        new MsgCommand(),
        new MeCommand(),
        new HistoryCommand(),
        new SearchCommand(),
        new TopicCommand(),
        new InviteCommand(),
        new UninviteCommand(),
        new BanCommand("/ban {name} [time] [reason]", "keep somebody out of the room", isMute: false),
        new UnbanCommand("/unban {name}", "let somebody in again", isMute: false),
        new BanCommand("/mute {name} [time] [reason]", "silence somebody in the room", isMute: true),
        new UnbanCommand("/unmute {name}", "let somebody speak again", isMute: true),
        new BansCommand(),
        new ReportCommand(),
        new SlowCommand(),
        new FilterCommand(),
        new RegisterCommand(),
        new UnregisterCommand(),
        new RoleCommand(),
        new TransferCommand(),
        new TimesCommand(),
        new TagsCommand(),
        new InCommand(),
        new QuitCommand(),
    ]);
}
