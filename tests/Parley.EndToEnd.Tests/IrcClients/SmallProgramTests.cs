using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.IrcClients;

/// <summary>Clients that ask for little: sic and ii for no capability at all, Finch for nothing but a log-in, catgirl for no batch.</summary>
public sealed class SmallProgramTests
{
    [Fact]
    public async Task Sic_is_shown_the_past_as_notices_and_talks_and_is_told_of_a_line_that_was_too_long()
    {
        using TemporaryFolder folder = new();
        string sic = Programs.Need("sic");
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(folder.Path, "--irc", "127.0.0.1:0");
        using Chatter lena = await Chatter.JoinAsync(server.LinesPort, "Lena");
        await lena.SayAndHearAsync("said before");
        await using TmuxPane pane = await TmuxPane.StartAsync(160, 60);
        await pane.RunAsync($"clear; '{sic}' -h 127.0.0.1 -p {server.IrcPort} -n Ann");
        await pane.WaitForAsync("MOTD File is missing");

        await SayAsync(pane, ":j #main");

        await lena.Heard.SkipToAsync("Ann joined");
        await pane.WaitForAsync("the past", screen => screen.Contains(">< NOTICE (#main): [", StringComparison.Ordinal)
            && screen.Contains("<Lena> said before", StringComparison.Ordinal));
        await lena.SayAsync("grüße");
        await pane.WaitForAsync("<Lena> grüße");
        await SayAsync(pane, "hello from sic");
        await lena.Heard.SkipToAsync("Ann: hello from sic");
        await SayAsync(pane, new string('x', 600));
        await pane.WaitForAsync("Input line was too long, and nothing of it was sent");
        await SayAsync(pane, ":m Lena psst");
        await lena.Heard.SkipToAsync("from Ann: psst");
    }

    [Fact]
    public async Task Ii_writes_the_past_to_the_servers_file_and_the_present_to_the_rooms()
    {
        using TemporaryFolder folder = new();
        string home = folder.Path;
        string data = Directory.CreateDirectory(Path.Combine(home, "data")).FullName;
        string ii = Programs.Need("ii");
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(data, "--irc", "127.0.0.1:0");
        using Chatter lena = await Chatter.JoinAsync(server.LinesPort, "Lena");
        await lena.SayAndHearAsync("said before");
        await using ChildProcess process = ChildProcess.Start(ii, ["-s", "127.0.0.1", "-p", $"{server.IrcPort}", "-i", home, "-n", "Ann"]);
        string place = Path.Combine(home, "127.0.0.1");
        await WritesAsync(Path.Combine(place, "out"), "MOTD File is missing");

        await File.AppendAllTextAsync(Path.Combine(place, "in"), "/j #main\n", TestContext.Current.CancellationToken);

        await lena.Heard.SkipToAsync("Ann joined");
        string room = Path.Combine(place, "#main");
        await WritesAsync(Path.Combine(place, "out"), "] <Lena> said before");
        await lena.SayAsync("grüße");
        await WritesAsync(Path.Combine(room, "out"), "<Lena> grüße");
        await File.AppendAllTextAsync(Path.Combine(room, "in"), "hello from ii\n", TestContext.Current.CancellationToken);
        await lena.Heard.SkipToAsync("Ann: hello from ii");
        await lena.SayAsync("/msg Ann psst");
        await WritesAsync(Path.Combine(place, "lena", "out"), "<Lena> psst");
    }

    [Fact]
    public async Task Catgirl_logs_in_and_is_shown_the_past_between_two_lines()
    {
        string catgirl = Programs.Need("catgirl");
        await using IrcPlace place = await IrcPlace.OpenAsync();
        using Chatter lena = await Chatter.JoinAsync(place.LinesPort, "Lena");
        await lena.SayAndHearAsync("said before");
        string home = place.FolderOf("catgirl");
        string settings = Path.Combine(home, "settings");
        await File.WriteAllTextAsync(settings, $"""
            host = localhost
            port = {place.Port}
            trust = {place.RootFile}
            nick = Ann
            join = #main
            sasl-plain = {IrcPlace.Account}:{IrcPlace.Password}

            """, TestContext.Current.CancellationToken);
        await using TmuxPane pane = await TmuxPane.StartAsync(160, 60);
        await pane.RunAsync($"clear; HOME='{home}' '{catgirl}' '{settings}'");

        await lena.Heard.SkipToAsync("Ann joined");
        await pane.WaitForAsync("the past between two lines", screen => InOrder(screen, "--- Said before you came", "<Lena> said before", "--- What follows is said now"));
        await lena.SayAsync("grüße");
        await pane.WaitForAsync("<Lena> grüße");
        await SayAsync(pane, "hello from catgirl");
        await lena.Heard.SkipToAsync("Ann: hello from catgirl");
        await SayAsync(pane, "/quit bye");
        await lena.Heard.SkipToAsync("Ann left");
    }

    [Fact]
    public async Task Finch_logs_in_by_scram_and_is_shown_the_past_as_notices()
    {
        string finch = Programs.Need("finch");
        await using IrcPlace place = await IrcPlace.OpenAsync();
        using Chatter lena = await Chatter.JoinAsync(place.LinesPort, "Lena");
        await lena.SayAndHearAsync("said before");
        string home = place.FolderOf("finch");
        string purple = Directory.CreateDirectory(Path.Combine(home, ".purple")).FullName;

        // The certificate is one that it has accepted before, or it would ask.
        string certificates = Directory.CreateDirectory(Path.Combine(purple, "certificates/x509/tls_peers")).FullName;
        File.Copy(place.CertificateFile, Path.Combine(certificates, "localhost"));
        await File.WriteAllTextAsync(Path.Combine(purple, "accounts.xml"), $"""
            <account version='1.0'>
              <account>
                <protocol>prpl-irc</protocol>
                <name>{IrcPlace.Account}@localhost</name>
                <password>{IrcPlace.Password}</password>
                <settings>
                  <setting name='port' type='int'>{place.Port}</setting>
                  <setting name='ssl' type='bool'>1</setting>
                  <setting name='sasl' type='bool'>1</setting>
                </settings>
                <settings ui='gnt-purple'><setting name='auto-login' type='bool'>1</setting></settings>
              </account>
            </account>

            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(purple, "blist.xml"), $"""
            <purple version='1.0'>
              <blist>
                <group name='Chats'>
                  <chat proto='prpl-irc' account='{IrcPlace.Account}@localhost'>
                    <component name='channel'>#main</component>
                    <setting name='gnt-autojoin' type='bool'>1</setting>
                  </chat>
                </group>
              </blist>
            </purple>

            """, TestContext.Current.CancellationToken);
        await using TmuxPane pane = await TmuxPane.StartAsync(160, 60);
        await pane.RunAsync($"clear; HOME='{home}' '{finch}'");

        // Under this name it comes only logged in.
        await lena.Heard.SkipToAsync("Ann joined");
        await pane.WaitForAsync("<Lena> said before");

        // The list of buddies is in front at first.
        await pane.PressAsync("M-n");
        await pane.WaitForAsync("parley: (notice) [");
        await lena.SayAsync("grüße");
        await pane.WaitForAsync("Lena: grüße");
        await SayAsync(pane, "hello from finch");
        await lena.Heard.SkipToAsync("Ann: hello from finch");
        await SayAsync(pane, "/me waves");
        await lena.Heard.SkipToAsync("* Ann waves");
    }

    private static async Task SayAsync(TmuxPane pane, string line)
    {
        await pane.TypeAsync(line);
        await pane.PressAsync("Enter");
    }

    private static Task WritesAsync(string file, string text) => Safety.UntilAsync(
        () => ReadAsync(file),
        written => written.Contains(text, StringComparison.Ordinal),
        $"'{text}' in {file}");

    /// <summary>The text of a file that somebody else has open, or that is still to come.</summary>
    private static async Task<string> ReadAsync(string file)
    {
        if (!File.Exists(file))
        {
            return "";
        }

        using StreamReader reader = new(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return await reader.ReadToEndAsync();
    }

    private static bool InOrder(string screen, params string[] texts)
    {
        int from = 0;
        foreach (string text in texts)
        {
            int at = screen.IndexOf(text, from, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            from = at + text.Length;
        }

        return true;
    }
}
