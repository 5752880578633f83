using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.IrcClients;

/// <summary>WeeChat without a screen, which is typed at by way of its pipe.</summary>
internal sealed class Weechat : IrcProgram
{
    private readonly ChildProcess _process;

    private Weechat(ChildProcess process, string home)
        : base(home) => _process = process;

    /// <summary>Starts it; it connects over TLS, logs in and joins <c>#main</c> by itself, and comes back by itself.</summary>
    public static Task<Weechat> StartAsync(IrcPlace place, string home)
    {
        string[] commands =
        [
            "/set logger.file.flush_delay 0",
            "/set logger.file.auto_log on",
            $"/set weechat.network.gnutls_ca_user {place.RootFile}",
            $"/server add parley localhost/{place.Port} -ssl",
            "/set irc.server.parley.sasl_mechanism scram-sha-256",
            $"/set irc.server.parley.sasl_username {IrcPlace.Account}",
            $"/set irc.server.parley.sasl_password \"{IrcPlace.Password}\"",
            "/set irc.server.parley.nicks Ann",
            "/set irc.server.parley.autojoin #main",
            "/set irc.server.parley.autoreconnect_delay 1",
            "/connect parley",
        ];
        ChildProcess process = ChildProcess.Start(
            Programs.Need("weechat-headless"), ["--dir", home, .. commands.SelectMany(command => new[] { "-r", command })]);
        return Task.FromResult(new Weechat(process, home));
    }

    public override async Task TypeAsync(string line)
    {
        string pipe = await Safety.UntilAsync(
            () => Task.FromResult(Directory.GetFiles(Home, "weechat_fifo_*").FirstOrDefault() ?? ""), file => file.Length > 0, "WeeChat's pipe");
        await File.AppendAllTextAsync(pipe, $"irc.server.parley *{line}\n");
    }

    public override ValueTask DisposeAsync() => _process.DisposeAsync();
}
