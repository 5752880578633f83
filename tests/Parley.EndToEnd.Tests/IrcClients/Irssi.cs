using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.IrcClients;

/// <summary>irssi, in a terminal.</summary>
internal sealed class Irssi : IrcProgram
{
    private readonly TmuxPane _pane;

    private Irssi(TmuxPane pane, string home)
        : base(home) => _pane = pane;

    /// <summary>Starts it; it connects over TLS, logs in and joins <c>#main</c> by itself, and comes back by itself.</summary>
    public static async Task<Irssi> StartAsync(IrcPlace place, string home)
    {
        string irssi = Programs.Need("irssi");
        await File.WriteAllTextAsync(Path.Combine(home, "config"), $$"""
            servers = ({ address = "localhost"; chatnet = "parley"; port = "{{place.Port}}"; use_tls = "yes"; tls_verify = "yes"; tls_cafile = "{{place.RootFile}}"; autoconnect = "yes"; });
            chatnets = { parley = { type = "IRC"; nick = "Ann"; sasl_mechanism = "PLAIN"; sasl_username = "{{IrcPlace.Account}}"; sasl_password = "{{IrcPlace.Password}}"; }; };
            channels = ( { name = "#main"; chatnet = "parley"; autojoin = "yes"; } );
            settings = {
              core = { real_name = "Ann Example"; user_name = "ann"; nick = "Ann"; server_reconnect_time = "1s"; };
              "fe-common/core" = { autolog = "yes"; autolog_path = "{{home}}/logs/$0.log"; autolog_level = "ALL"; autolog_ignore_targets = ""; };
            };
            """);
        TmuxPane pane = await TmuxPane.StartAsync(160, 100);
        await pane.RunAsync($"clear; '{irssi}' --home='{home}'");
        return new Irssi(pane, home);
    }

    public override async Task TypeAsync(string line)
    {
        await _pane.TypeAsync(line);
        await _pane.PressAsync("Enter");
    }

    protected override Task<string> ScreenAsync() => _pane.ScreenAsync();

    public override ValueTask DisposeAsync() => _pane.DisposeAsync();
}
